package io.saldo.lake.intake;

import java.io.Serializable;

/**
 * What a scatter partition hands to the partitions of identity and gather.
 *
 * @param path relative to the work folder
 * @param delivery the books' number of the delivery that its records came in
 * @param records how many records it holds
 */
public record RunFile(String path, long delivery, long records) implements Serializable {}
