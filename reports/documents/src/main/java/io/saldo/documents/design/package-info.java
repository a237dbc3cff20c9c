/**
 * What an operator may change of the documents that customers receive: a logo, colours, words.
 *
 * <p>Law: a design is data. It cannot say where a figure stands, which figures are shown or how they are computed; what it
 * may say is checked here before any document is made. This package reads no file.
 */
@NullMarked
package io.saldo.documents.design;

import org.jspecify.annotations.NullMarked;
