/**
 * Lets go what is old and what nothing rests on any more.
 *
 * <p>Law: usage, identity, statements, documents and the books are never touched. What goes is listed in the books first, so
 * that nobody takes it for damage; what is still needed stays, and why is told.
 */
@NullMarked
package io.saldo.app.retention;

import org.jspecify.annotations.NullMarked;
