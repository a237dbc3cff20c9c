package io.saldo.pricing;

import io.saldo.problem.Place;

/**
 * Another name for a model at one provider. One step: the model is not looked up again.
 *
 * @param provider as logged
 * @param alias the model as logged
 * @param model the name in price books, statements and scopes
 * @param place where it is defined
 */
public record ModelAlias(String provider, String alias, String model, Place place) {}
