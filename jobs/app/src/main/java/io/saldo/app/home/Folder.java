package io.saldo.app.home;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;

/** Folders that an operator may have put on another disk and linked: those of a home, and any in them. */
public final class Folder {
    private Folder() {}

    /** Makes it, with those above it. One that is there stays, also a link, which {@link Files#createDirectories} refuses before Java 20. */
    public static void create(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder);
        }
    }

    /** What a thing in it is called from there, with {@code /} between the parts of the name and all else as it is. */
    public static String name(Path folder, Path inside) {
        return folder.relativize(inside).toString().replace(File.separatorChar, '/');
    }

    /**
     * All that is in it, also behind links to folders elsewhere, each thing after what is in that; nothing where there is no such
     * folder. What goes meanwhile is left out. A link back into the folder, or to one that it lies in, is named and not
     * followed: there would be no end.
     */
    public static List<Path> insideFirst(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        Walk walk = new Walk(folder, folder.toRealPath());
        Files.walkFileTree(folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, walk);
        walk.found.sort(Comparator.reverseOrder());
        return walk.found;
    }

    /**
     * What of it can be deleted, in that order, the folder itself last: no link, nothing behind one in it, and no folder that holds
     * one, because whoever set a link has need of it.
     */
    public static List<Path> removable(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Path> things = new ArrayList<>(insideFirst(folder));
        List<Path> links = things.stream().filter(Files::isSymbolicLink).toList();
        if (!Files.isSymbolicLink(folder)) {
            things.add(folder);
        }
        return things.stream()
                .filter(each -> links.stream().noneMatch(link -> link.startsWith(each) || each.startsWith(link)))
                .toList();
    }

    /** Goes through a folder. */
    private static final class Walk extends SimpleFileVisitor<Path> {
        private final Path folder;
        private final Path real;
        private final List<Path> found = new ArrayList<>();

        Walk(Path folder, Path real) {
            this.folder = folder;
            this.real = real;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) throws IOException {
            if (path.equals(folder)) {
                return FileVisitResult.CONTINUE;
            }
            found.add(path);
            return Files.isSymbolicLink(path) && leadsBack(path.toRealPath())
                    ? FileVisitResult.SKIP_SUBTREE
                    : FileVisitResult.CONTINUE;
        }

        private boolean leadsBack(Path target) {
            return target.startsWith(real) || real.startsWith(target);
        }

        @Override
        public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
            found.add(path);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path path, IOException failure) throws IOException {
            if (failure instanceof FileSystemLoopException) {
                found.add(path);
            } else if (!(failure instanceof NoSuchFileException)) {
                throw failure;
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
