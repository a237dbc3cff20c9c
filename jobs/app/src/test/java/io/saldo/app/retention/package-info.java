@NullMarked
package io.saldo.app.retention;

import org.jspecify.annotations.NullMarked;
