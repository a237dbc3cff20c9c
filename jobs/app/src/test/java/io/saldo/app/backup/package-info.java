@NullMarked
package io.saldo.app.backup;

import org.jspecify.annotations.NullMarked;
