/** Laws of disputes. */
@NullMarked
package io.saldo.dispute;

import org.jspecify.annotations.NullMarked;
