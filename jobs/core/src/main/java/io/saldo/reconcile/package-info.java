/**
 * Comparing what we computed with what others recorded, and following each discrepancy until somebody decides it.
 *
 * <p>Law: nothing is matched by similarity, no row is consumed twice, and one fact is one break: its identity is (code,
 * subject, period), so the same fact found on the next night is the same break, and a later month never closes an
 * earlier one's.
 *
 * <p>Terms: a <i>finding</i> is what a check saw tonight; a <i>case</i> is a break with its history; a <i>standing</i>
 * code is judged anew each night from the present facts, any other code tells of something that happened and stays
 * until it is decided; a <i>verdict</i> is the one word for a night or an account.
 *
 * <p>This package does not own: how facts are read or stored, who decided what and when, the statement that computed
 * our side, and what a decision does to an account.
 */
@NullMarked
package io.saldo.reconcile;

import org.jspecify.annotations.NullMarked;
