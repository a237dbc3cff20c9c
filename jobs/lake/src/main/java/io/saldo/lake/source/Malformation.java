package io.saldo.lake.source;

import io.saldo.problem.ProblemCode;

/**
 * What keeps a record from being read or taken.
 *
 * @param code the kind of problem
 * @param message names the column and the value
 */
public record Malformation(ProblemCode code, String message) {}
