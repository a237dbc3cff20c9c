/**
 * The books: plain SQL over one database and one transaction manager.
 *
 * <p>Law: rows are appended; position, data and decision commit together; a file counts only when a row lists it.
 */
@NullMarked
package io.saldo.app.store;

import org.jspecify.annotations.NullMarked;
