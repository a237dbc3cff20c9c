/**
 * The sample: real public traces turned into a month of deliveries, a naive recomputation of what they are worth, and
 * a generator for load.
 *
 * <p>Its law: everything here is a function of committed files, arguments and a seed, and nothing here shares a rule
 * with the product. {@link io.saldo.sample.NaiveBooks} is the product's oracle only as long as it stays a second
 * reading of the same contract; speed and elegance are no reason to import a class of the core.
 *
 * <p>It owns no rule of its own: where the books here and the contract disagree, the books are wrong.
 */
@NullMarked
package io.saldo.sample;

import org.jspecify.annotations.NullMarked;
