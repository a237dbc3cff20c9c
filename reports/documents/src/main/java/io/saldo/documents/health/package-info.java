/**
 * The credit health report: whose credit ends when, and what a person should do.
 *
 * <p>Law: accounts that need a person stand first; what is known is shown exactly, what is expected with its range; the
 * method stands on the page.
 */
@NullMarked
package io.saldo.documents.health;

import org.jspecify.annotations.NullMarked;
