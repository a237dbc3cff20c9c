/**
 * The night's discrepancy report for finance (SPEC 8, 12).
 *
 * <p>Law: the verdict comes first; gross differences stand before net ones; nothing that the night found is left out,
 * save that a flood of one code is one group, which says where all of it stands.
 */
@NullMarked
package io.saldo.documents.night;

import org.jspecify.annotations.NullMarked;
