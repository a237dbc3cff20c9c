/**
 * The folder that holds everything of one Saldo: inbox, lake, db, out, and the lock.
 *
 * <p>Law: at most one process writes a home.
 */
@NullMarked
package io.saldo.app.home;

import org.jspecify.annotations.NullMarked;
