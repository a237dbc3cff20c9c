/**
 * What an operator has configured: settings, sources, reference data.
 *
 * <p>Law: a run reads its configuration once, as bytes ({@link io.saldo.app.config.ConfigurationSnapshot}), and a resumed
 * run reads the same bytes; the same bytes always load to the same configuration and the same problems. Every problem of
 * every file is told at once. A row that is wrong holds up whom it names and nobody else; what does not say whom it
 * concerns holds up everybody, because guessing would be billed.
 *
 * <p>Terms: <em>held</em> is an account that must not be computed until its configuration is mended; a configuration
 * that <em>stops</em> is not used at all.
 *
 * <p>This package computes nothing and knows neither a clock nor the books.
 */
@NullMarked
package io.saldo.app.config;

import org.jspecify.annotations.NullMarked;
