/**
 * How fast the system is: single parts with JMH, the bulk work of a whole night, and the billing of a month.
 *
 * <p>Law: what is measured is the code that runs in production, and every run proves its result before it tells a time.
 * Tests run every benchmark, and none looks at a clock. How to repeat a figure, and what it means, is in
 * {@code jobs/BENCHMARKS.md}.
 */
@NullMarked
package io.saldo.bench;

import org.jspecify.annotations.NullMarked;
