/**
 * Step 2 of a night: a raw log becomes records that passed every check of a record by itself, scattered by account
 * shard, and identity tuples, scattered by identity shard.
 *
 * <p>Law: every record ends in exactly one place: the run file, the rejected file or the held file. A partition is a
 * pure function of its description and the files it names; running it twice gives the same bytes.
 */
@NullMarked
package io.saldo.lake.intake;

import org.jspecify.annotations.NullMarked;
