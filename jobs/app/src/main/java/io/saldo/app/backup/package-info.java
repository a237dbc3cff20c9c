/**
 * A copy of a home from which it can be made again, taken while it is at work.
 *
 * <p>Law: a backup is the books of one moment and every file that they list, each with its hash; it is complete or says that
 * it is not, and it is never changed afterwards. A restored home is whole or not there.
 */
@NullMarked
package io.saldo.app.backup;

import org.jspecify.annotations.NullMarked;
