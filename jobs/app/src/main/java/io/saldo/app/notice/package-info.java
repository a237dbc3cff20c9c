/**
 * Telling people and systems how a run ended.
 *
 * <p>Law: what fails here fails no run. A summary holds counts, codes and dates, and no text that came from outside; a secret
 * stands in no summary, log or message. Nothing here holds the home or its books.
 */
@NullMarked
package io.saldo.app.notice;

import org.jspecify.annotations.NullMarked;
