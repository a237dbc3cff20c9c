/**
 * The database that has the books: H2 in the home, or PostgreSQL.
 *
 * <p>Law: before anything is read or written it is proved that the database is fit, has the books of this home, and is held
 * by this process alone. What the books say is in {@code store}.
 */
@NullMarked
package io.saldo.app.database;

import org.jspecify.annotations.NullMarked;
