package io.saldo.app.intake;

import io.saldo.app.config.Source;
import io.saldo.app.home.Folder;
import io.saldo.app.home.Home;
import io.saldo.app.run.Run;
import io.saldo.app.store.Delivery;
import io.saldo.app.store.DeliveryStore;
import io.saldo.app.store.InboxStore;
import io.saldo.lake.file.NewFile;
import io.saldo.problem.ProblemCode;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Fixes which deliveries a run takes, and moves them untouched into the archive.
 *
 * <p>A file is listed in the books before it is moved, so that a crash between leaves it in the inbox, known, and the
 * resumed run moves it then.
 */
@Component
public class Registration {
    /** How the name of an archived copy begins, of a file whose content had come before. */
    public static final String REPEAT = "repeat-";

    private static final int NAME_MAX = 60;

    private final DeliveryStore deliveries;
    private final InboxStore inbox;

    /** Over the books. */
    public Registration(DeliveryStore deliveries, InboxStore inbox) {
        this.deliveries = deliveries;
        this.inbox = inbox;
    }

    /**
     * Lists the inbox in the books. Belongs into the transaction that enters the run.
     *
     * @param before what was written then or later waits for a later night
     */
    public void register(Run run, Home home, Map<String, Source> sources, Instant before) throws IOException {
        Inbox found = Inbox.look(home, sources, before);
        for (Inbox.Waiting waiting : found.waiting()) {
            inbox.addWaiting(run.id(), waiting.source(), waiting.name(), waiting.reason());
        }
        for (Inbox.Entry entry : found.entries()) {
            Source source = sources.get(entry.source());
            if (source == null) {
                throw new IllegalStateException("no source " + entry.source());
            }
            Inbox.File file = entry.file();
            if (file == null) {
                registerControl(run, home, source, entry);
            } else {
                register(run, source, entry, file);
            }
        }
    }

    private void register(Run run, Source source, Inbox.Entry entry, Inbox.File file) {
        Inbox.Control control = entry.control();
        Optional<Delivery> known = deliveries.withContent(file.sha256());
        if (known.isPresent()) {
            inbox.addRepeat(
                    run.id(),
                    entry.source(),
                    entry.name(),
                    known.get().id(),
                    control == null ? null : control.sha256());
            return;
        }
        DeliveryStore.Control stated = control == null ? statedBefore(source, entry) : archived(run, entry, control);
        if (source.controlFile() == Source.ControlFile.REQUIRED && stated == null) {
            inbox.addWaiting(
                    run.id(),
                    entry.source(),
                    entry.name(),
                    "its control file " + entry.name() + Inbox.CONTROL_ENDING + " is not there");
            return;
        }
        add(
                run,
                source,
                entry.name(),
                file.sha256(),
                file.bytes(),
                archivePath(run, entry.source(), file.sha256(), entry.name()),
                stated);
    }

    /** A control file that comes alone corrects the one for which its delivery was refused; else it is early, or late. */
    private void registerControl(Run run, Home home, Source source, Inbox.Entry entry) {
        Inbox.Control control = entry.control();
        if (control == null) {
            throw new IllegalStateException("an entry without a file " + entry);
        }
        Optional<Delivery> refused = refusedByControl(entry);
        if (refused.isPresent()
                && deliveries.withContent(refused.get().sha256()).isEmpty()
                && Files.exists(home.lake().resolve(refused.get().archivePath()))) {
            Delivery before = refused.get();
            add(
                    run,
                    source,
                    entry.name(),
                    before.sha256(),
                    before.bytes(),
                    before.archivePath(),
                    archived(run, entry, control));
        } else {
            inbox.addWaiting(
                    run.id(),
                    entry.source(),
                    entry.name() + Inbox.CONTROL_ENDING,
                    "it is a control file, and there is no delivery " + entry.name() + " that waits for it");
        }
    }

    private void add(
            Run run,
            Source source,
            String name,
            String sha256,
            long bytes,
            String archivePath,
            DeliveryStore.@Nullable Control control) {
        long id = deliveries.nextId();
        deliveries.add(new Delivery(
                id,
                run.id(),
                run.businessDate(),
                source.name(),
                source.profile().word(),
                source.layout().format().word(),
                name,
                sha256,
                bytes,
                archivePath));
        if (control != null) {
            deliveries.addControl(id, control);
            ControlFiles.refusalOfFile(control.figures(), sha256)
                    .ifPresent(refusal -> deliveries.refuse(id, run.id(), refusal));
        }
    }

    /** A file that is delivered again alone is compared with the control file that its first delivery did not agree with. */
    private DeliveryStore.@Nullable Control statedBefore(Source source, Inbox.Entry entry) {
        return source.controlFile() == Source.ControlFile.NONE
                ? null
                : refusedByControl(entry)
                        .flatMap(before -> deliveries.control(before.id()))
                        .orElse(null);
    }

    /** The last delivery of that name, if it was refused because of its control file. */
    private Optional<Delivery> refusedByControl(Inbox.Entry entry) {
        List<Delivery> before = deliveries.ofPlace(entry.source(), entry.name());
        return before.isEmpty()
                ? Optional.empty()
                : Optional.of(before.get(before.size() - 1)).filter(last -> deliveries
                        .refusal(last.id())
                        .filter(DeliveryStore.Refusal::isByControlFile)
                        .isPresent());
    }

    private static DeliveryStore.Control archived(Run run, Inbox.Entry entry, Inbox.Control control) {
        return new DeliveryStore.Control(
                control.sha256(),
                archivePath(run, entry.source(), control.sha256(), entry.name() + Inbox.CONTROL_ENDING),
                control.figures());
    }

    /**
     * Moves what the run registered from the inbox into the archive, as far as it is not there yet. A file that is no
     * longer what was registered is a problem of that delivery alone: it stays in the inbox for the next night.
     */
    public void archive(Run run, Home home) throws IOException {
        for (Delivery delivery : deliveries.ofRun(run.id())) {
            Path inbox = home.inbox().resolve(delivery.source());
            boolean moved = move(
                    inbox.resolve(delivery.fileName()), home.lake().resolve(delivery.archivePath()), delivery.sha256());
            Optional<DeliveryStore.Control> control = deliveries.control(delivery.id());
            if (moved && control.isPresent()) {
                move(
                        inbox.resolve(delivery.fileName() + Inbox.CONTROL_ENDING),
                        home.lake().resolve(control.get().archivePath()),
                        control.get().sha256());
            } else if (!moved && deliveries.refusal(delivery.id()).isEmpty()) {
                deliveries.refuse(
                        delivery.id(),
                        run.id(),
                        DeliveryStore.Refusal.of(
                                ProblemCode.UNREADABLE_DELIVERY,
                                "the file changed after the run had listed it: write it under a name that ends in"
                                        + " .part and rename it when it is complete"));
            }
        }
        for (InboxStore.Repeat repeat : inbox.repeats(run.id())) {
            Path inbox = home.inbox().resolve(repeat.source());
            String sha256 = deliveries.get(repeat.deliveryId()).sha256();
            moveRepeat(run, home, repeat.source(), inbox.resolve(repeat.fileName()), sha256);
            if (repeat.controlSha256() != null) {
                moveRepeat(
                        run,
                        home,
                        repeat.source(),
                        inbox.resolve(repeat.fileName() + Inbox.CONTROL_ENDING),
                        repeat.controlSha256());
            }
        }
    }

    private static void moveRepeat(Run run, Home home, String source, Path file, String sha256) throws IOException {
        String name = String.valueOf(file.getFileName());
        move(file, home.lake().resolve(archivePath(run, source, REPEAT + sha256, name)), sha256);
    }

    /** Moves a file whose content is the registered one, and says whether it is in the archive now. */
    static boolean move(Path from, Path to, String sha256) throws IOException {
        if (!Files.exists(from)) {
            return Files.exists(to);
        }
        if (!NewFile.sha256(from).equals(sha256)) {
            return Files.exists(to);
        }
        Path folder = Objects.requireNonNull(to.toAbsolutePath().getParent());
        Folder.create(folder);
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (AtomicMoveNotSupportedException otherDisk) {
            return copy(from, folder, String.valueOf(to.getFileName()), sha256);
        }
    }

    /** From an inbox on another disk nothing can be renamed: the original goes when its copy is forced and has its content. */
    private static boolean copy(Path from, Path folder, String name, String sha256) throws IOException {
        try (NewFile copy = NewFile.at(folder, name)) {
            Files.copy(from, copy);
            if (!copy.commit().sha256().equals(sha256)) {
                Files.delete(folder.resolve(name));
                return false;
            }
        }
        Files.delete(from);
        return true;
    }

    private static String archivePath(Run run, String source, String sha256, String name) {
        return "deliveries/" + run.businessDate() + "/" + source + "/" + sha256.substring(0, 16) + "-" + ending(name);
    }

    /** With the hash before it the whole name could be longer than a file system allows: what of it is kept. */
    static String ending(String name) {
        int start = Math.max(0, name.length() - NAME_MAX);
        // Half of a surrogate pair is no name of a file.
        boolean isCut = start > 0 && Character.isLowSurrogate(name.charAt(start));
        return name.substring(isCut ? start + 1 : start);
    }
}
