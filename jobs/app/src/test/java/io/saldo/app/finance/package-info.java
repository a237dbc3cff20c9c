@NullMarked
package io.saldo.app.finance;

import org.jspecify.annotations.NullMarked;
