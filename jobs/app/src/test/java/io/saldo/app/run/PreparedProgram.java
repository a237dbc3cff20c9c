package io.saldo.app.run;

import io.saldo.app.Folders;
import io.saldo.app.ProgramProcess;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/**
 * The program with its commit points, ready to be started a thousand times: its classes as jars that have the calls, and an
 * archive of what the virtual machine makes of them. The program that is one jar is started as it is, with an agent.
 */
final class PreparedProgram {
    private static final String TRANSACTIONS = "org/springframework/jdbc/datasource/DataSourceTransactionManager.class";

    private final Path folder;
    private final Path archive;
    private final String classPath;

    /** Makes the jars in a folder that is there. */
    PreparedProgram(Path folder) throws IOException {
        this.folder = folder;
        archive = folder.resolve("classes.jsa");
        classPath = ProgramProcess.isJar() ? "" : rewritten();
    }

    /**
     * What runs one command on a home.
     *
     * @param mode as {@link CommitPoints} knows it
     */
    synchronized ProcessBuilder of(Path home, String mode, List<String> command) throws IOException {
        if (ProgramProcess.isJar()) {
            return ProgramProcess.of(home, List.of(CommitPoints.option(folder, mode)), command);
        }
        List<String> options = new ArrayList<>(List.of(CommitPoints.option(mode)));
        if (Files.exists(archive)) {
            options.add("-XX:SharedArchiveFile=" + archive);
        }
        return ProgramProcess.of(home, classPath, options, command);
    }

    /** What runs a command that nobody kills, and leaves the archive: worth its time where many processes follow. */
    ProcessBuilder archiving(Path home, List<String> command) {
        return ProgramProcess.of(
                home,
                classPath,
                List.of(CommitPoints.option(""), "-Xlog:disable", "-XX:ArchiveClassesAtExit=" + archive),
                command);
    }

    /** An archive can hold classes of jars alone, so each folder becomes one. */
    private String rewritten() throws IOException {
        List<String> jars = new ArrayList<>();
        for (Path entry : ProgramProcess.classPath()) {
            Map<String, byte[]> files = Files.isDirectory(entry) ? files(entry) : files(entry.toFile());
            if (!files.isEmpty()) {
                Path jar = folder.resolve("program-" + jars.size() + ".jar");
                write(jar, files);
                jars.add(jar.toString());
            }
            if (Files.isRegularFile(entry)) {
                jars.add(entry.toString());
            }
        }
        return String.join(File.pathSeparator, jars);
    }

    private static Map<String, byte[]> files(Path classes) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        for (Map.Entry<String, byte[]> each : Folders.bytes(classes).entrySet()) {
            String name = each.getKey();
            files.put(name, CommitPoints.isIn(name) ? CommitPoints.with(name, each.getValue()) : each.getValue());
        }
        return files;
    }

    /** Of a jar the classes that get calls; it stands behind them. */
    private static Map<String, byte[]> files(File jar) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (JarFile opened = new JarFile(jar)) {
            boolean ours = opened.getEntry("io/saldo/") != null;
            for (JarEntry each : ours ? Collections.list(opened.entries()) : transactions(opened)) {
                if (CommitPoints.isIn(each.getName())) {
                    byte[] bytes = opened.getInputStream(each).readAllBytes();
                    files.put(each.getName(), CommitPoints.with(each.getName(), bytes));
                }
            }
        }
        return files;
    }

    private static List<JarEntry> transactions(JarFile jar) {
        JarEntry entry = jar.getJarEntry(TRANSACTIONS);
        return entry == null ? List.of() : List.of(entry);
    }

    private static void write(Path file, Map<String, byte[]> files) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out)) {
            Set<String> folders = new HashSet<>();
            for (Map.Entry<String, byte[]> each : files.entrySet()) {
                // Who looks for classes or resources below a folder asks for the folder.
                String name = each.getKey();
                for (int slash = name.indexOf('/'); slash > 0; slash = name.indexOf('/', slash + 1)) {
                    if (folders.add(name.substring(0, slash + 1))) {
                        jar.putNextEntry(new JarEntry(name.substring(0, slash + 1)));
                    }
                }
                jar.putNextEntry(new JarEntry(name));
                jar.write(each.getValue());
                jar.closeEntry();
            }
        }
    }
}
