/**
 * The words, dates and numbers of a document in its language.
 *
 * <p>Law: everything that a language changes stands in one properties file, separators and month names included, so
 * that neither the machine's locale nor the JDK's locale data can change a document. Numbers are exact; nothing rounds.
 */
@NullMarked
package io.saldo.documents.text;

import org.jspecify.annotations.NullMarked;
