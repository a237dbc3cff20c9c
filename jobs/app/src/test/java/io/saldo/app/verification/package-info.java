@NullMarked
package io.saldo.app.verification;

import org.jspecify.annotations.NullMarked;
