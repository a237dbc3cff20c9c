package io.saldo.lake.intake;

import io.saldo.usage.IdentityRule;
import java.io.Serializable;

/**
 * What a scatter partition hands to the partitions of identity and gather.
 *
 * @param path relative to the work folder
 * @param delivery the books' number of the delivery that its records came in
 * @param identity how its records are known again
 * @param records how many records it holds
 */
public record RunFile(String path, long delivery, IdentityRule identity, long records) implements Serializable {}
