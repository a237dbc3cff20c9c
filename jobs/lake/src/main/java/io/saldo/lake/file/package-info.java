/**
 * Files that are complete or not there.
 *
 * <p>Law: a file is written under a name ending in {@link io.saldo.lake.file.StoredFile#UNFINISHED}, forced to the
 * disk, and only then takes its own name; so whatever carries that ending is an orphan, and whatever does not is whole.
 * No content depends on the clock, the machine or the folder.
 */
@NullMarked
package io.saldo.lake.file;

import org.jspecify.annotations.NullMarked;
