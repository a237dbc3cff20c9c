/**
 * The difference report of a dispute: what was invoiced for a closed month, what it costs by today's knowledge, and why.
 *
 * <p>Law: the same report gives the same bytes in every form.
 */
@NullMarked
package io.saldo.documents.dispute;

import org.jspecify.annotations.NullMarked;
