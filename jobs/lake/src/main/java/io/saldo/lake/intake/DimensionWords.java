package io.saldo.lake.intake;

import io.saldo.lake.source.RawLog;
import io.saldo.lake.usage.Dimensions;
import java.util.Arrays;

/**
 * Dimensions that were found before, by the words that the log has for their texts: a few numbers are compared sooner than
 * their texts.
 *
 * <p>Remembers those of one vocabulary, and at most {@value #MOST}. Belongs to one thread.
 */
final class DimensionWords {
    private static final int MOST = 1 << 16;
    private static final int[] POSITIONS = positions();

    private final int[] words = new int[Dimensions.TEXTS];
    private int hash;
    private boolean isKnownByWords;

    private int vocabulary;
    private int size;
    // Of each entry its words and the number that it leads to.
    private int[] entries = new int[(Dimensions.TEXTS + 1) << 6];
    // An entry's place from 1 on, or nothing.
    private int[] slots = new int[1 << 7];

    private static int[] positions() {
        int[] positions = new int[Dimensions.TEXTS];
        positions[Dimensions.ACCOUNT_ID] = RecordCheck.ACCOUNT_ID;
        positions[Dimensions.PROJECT_ID] = RecordCheck.PROJECT_ID;
        positions[Dimensions.API_KEY_ID] = RecordCheck.API_KEY_ID;
        positions[Dimensions.PROVIDER] = RecordCheck.PROVIDER;
        positions[Dimensions.MODEL] = RecordCheck.MODEL;
        positions[Dimensions.SERVICE_TIER] = RecordCheck.SERVICE_TIER;
        positions[Dimensions.STATUS] = RecordCheck.STATUS;
        return positions;
    }

    /** The number that was {@link #put} for a record of these words, or -1. */
    int find(RawLog log) {
        if (log.vocabulary() != vocabulary) {
            vocabulary = log.vocabulary();
            clear();
        }
        isKnownByWords = false;
        long mixed = 0;
        for (int text = 0; text < words.length; text++) {
            int word = log.word(POSITIONS[text]);
            if (word == RawLog.NO_WORD) {
                return -1;
            }
            words[text] = word;
            mixed = mixed(mixed, word);
        }
        isKnownByWords = true;
        hash = (int) mixed;
        int slot = hash & (slots.length - 1);
        for (int entry = slots[slot]; entry != 0; entry = slots[slot]) {
            int at = at(entry);
            if (Arrays.equals(entries, at, at + words.length, words, 0, words.length)) {
                return entries[at + words.length];
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        return -1;
    }

    /** Remembers the number for the record that {@link #find} did not find, where the log had words for all its texts. */
    void put(int number) {
        if (!isKnownByWords) {
            return;
        }
        if (size == MOST) {
            clear();
        }
        if (2 * (size + 1) > slots.length) {
            grow();
        }
        size++;
        int at = at(size);
        if (at == entries.length) {
            entries = Arrays.copyOf(entries, 2 * at);
        }
        System.arraycopy(words, 0, entries, at, words.length);
        entries[at + words.length] = number;
        place(hash, size);
    }

    private void clear() {
        Arrays.fill(slots, 0);
        size = 0;
    }

    private void grow() {
        slots = new int[2 * slots.length];
        for (int entry = 1; entry <= size; entry++) {
            int at = at(entry);
            long mixed = 0;
            for (int text = 0; text < words.length; text++) {
                mixed = mixed(mixed, entries[at + text]);
            }
            place((int) mixed, entry);
        }
    }

    private void place(int entryHash, int entry) {
        int slot = entryHash & (slots.length - 1);
        while (slots[slot] != 0) {
            slot = (slot + 1) & (slots.length - 1);
        }
        slots[slot] = entry;
    }

    private static long mixed(long hash, int word) {
        long product = (hash ^ word) * 0x9E3779B97F4A7C15L;
        return product ^ (product >>> 32);
    }

    private static int at(int entry) {
        return (entry - 1) * (Dimensions.TEXTS + 1);
    }
}
