package io.saldo.app.verification;

import io.saldo.app.config.ConfigurationSnapshot;
import io.saldo.app.home.Home;
import io.saldo.app.run.Run;
import io.saldo.app.store.RunStore;
import io.saldo.app.store.VerificationStore;
import io.saldo.app.store.VerificationStore.ArchivedFile;
import io.saldo.app.store.VerificationStore.ListedFile;
import io.saldo.lake.file.NewFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Proves that what the books list has its bytes: the lake, the archive, and the configuration that runs fixed. */
@Component
public class FileCheck {
    private static final String MISSING = "no file";

    private final VerificationStore books;
    private final RunStore runs;

    /** Over the books. */
    public FileCheck(VerificationStore books, RunStore runs) {
        this.books = books;
        this.runs = runs;
    }

    /**
     * Proves files of the lake.
     *
     * @return the paths that nothing can be read from, without those that retention dropped
     */
    Set<String> lake(Home home, List<ListedFile> files, Protocol protocol, Provers provers) throws IOException {
        Map<String, LocalDate> gone = books.dropped();
        Set<String> damaged = ConcurrentHashMap.newKeySet();
        List<Provers.Proof> proofs = new ArrayList<>();
        for (ListedFile each : files) {
            proofs.add(() -> {
                Path file = home.lake().resolve(each.path());
                boolean holds = holds(
                        Check.LAKE_FILES, file, "lake/" + each.path(), each.bytes(), each.sha256(), gone, protocol);
                if (!holds && !gone.containsKey(each.path())) {
                    damaged.add(each.path());
                }
            });
        }
        provers.run(Check.LAKE_FILES, proofs);
        return damaged;
    }

    /**
     * Proves archived deliveries and control files.
     *
     * @return the paths that nothing can be read from
     */
    Set<String> archive(Home home, Protocol protocol, Provers provers) throws IOException {
        Map<String, LocalDate> gone = books.dropped();
        Set<String> damaged = ConcurrentHashMap.newKeySet();
        List<Provers.Proof> proofs = new ArrayList<>();
        for (ArchivedFile each : books.archive()) {
            proofs.add(() -> {
                Path file = home.lake().resolve(each.path());
                if (each.refused() && !Files.exists(file) && !gone.containsKey(each.path())) {
                    protocol.note(
                            Check.ARCHIVE,
                            each.place() + " was refused and never reached the archive as it was listed");
                } else if (!holds(
                        Check.ARCHIVE, file, "lake/" + each.path(), each.bytes(), each.sha256(), gone, protocol)) {
                    damaged.add(each.path());
                }
            });
        }
        provers.run(Check.ARCHIVE, proofs);
        return damaged;
    }

    private static boolean holds(
            Check check,
            Path file,
            String place,
            @Nullable Long bytes,
            @Nullable String sha256,
            Map<String, LocalDate> gone,
            Protocol protocol)
            throws IOException {
        if (!Files.isRegularFile(file)) {
            LocalDate on = gone.get(place.substring("lake/".length()));
            if (on != null) {
                protocol.drop(check, place + " was dropped by retention on " + on);
            } else {
                protocol.fail(check, place, "", size(bytes) + "SHA-256 " + sha256, MISSING);
            }
            return false;
        }
        long found = Files.size(file);
        if (bytes != null && found != bytes) {
            protocol.fail(check, place, "length", bytes + " bytes", found + " bytes");
            return false;
        }
        if (sha256 == null) {
            protocol.note(check, place + " is there; it was listed before hashes of held files were kept");
            return true;
        }
        return protocol.compare(check, place, "SHA-256", sha256, NewFile.sha256(file));
    }

    private static String size(@Nullable Long bytes) {
        return bytes == null ? "" : bytes + " bytes with ";
    }

    /** Proves a document that lies outside the lake. */
    static boolean document(Path file, String place, long bytes, String sha256, Protocol protocol) throws IOException {
        return holds(Check.DOCUMENTS, file, place, bytes, sha256, Map.of(), protocol);
    }

    /** Proves that the configuration of each run is the one that it fixed. */
    void configurations(Protocol protocol) {
        books.eachReference((sha256, content) -> protocol.compare(
                Check.CONFIGURATIONS,
                "reference_version " + sha256,
                "SHA-256 of the content",
                sha256,
                HexFormat.of().formatHex(NewFile.sha256Digest().digest(content))));
        Map<List<String>, String> known = new HashMap<>();
        for (Run run : runs.latest(Integer.MAX_VALUE)) {
            List<String> files = runs.references(run.id()).stream()
                    .map(each -> each.sha256() + " " + each.file())
                    .toList();
            String whole = known.computeIfAbsent(files, each -> ConfigurationSnapshot.of(runs.configuration(run.id()))
                    .sha256());
            protocol.compare(
                    Check.CONFIGURATIONS,
                    "run " + run.id(),
                    "SHA-256 of its configuration",
                    run.configurationSha256(),
                    whole);
        }
    }
}
