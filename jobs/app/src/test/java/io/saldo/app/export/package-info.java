@NullMarked
package io.saldo.app.export;

import org.jspecify.annotations.NullMarked;
