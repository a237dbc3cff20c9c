/**
 * The tables of a report, and the three files that say them alike: a workbook, CSV and JSON.
 *
 * <p>Law: one value, three forms. A cell is typed by what it is, never by how it looks; text is never a formula; an
 * amount keeps all its digits in each form; the same value gives the same bytes.
 */
@NullMarked
package io.saldo.documents.table;

import org.jspecify.annotations.NullMarked;
