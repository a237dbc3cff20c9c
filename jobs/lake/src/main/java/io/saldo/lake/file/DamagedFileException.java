package io.saldo.lake.file;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A file of the lake is not what was written, or is gone: nothing is computed from it. */
public final class DamagedFileException extends IOException {
    private static final long serialVersionUID = 1;

    /**
     * That file.
     *
     * @param why what was found
     */
    public DamagedFileException(String file, String why, @Nullable Throwable cause) {
        super(file + " is damaged or missing: put it back from a backup (" + why + ")");
        // Not its cause: who tells the root of a failure must tell which file it is.
        if (cause != null) {
            addSuppressed(cause);
        }
    }
}
