@NullMarked
package io.saldo.app.home;

import org.jspecify.annotations.NullMarked;
