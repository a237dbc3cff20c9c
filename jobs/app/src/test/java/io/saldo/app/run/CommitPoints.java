package io.saldo.app.run;

import java.io.IOException;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.Collections;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.springframework.asm.ClassReader;
import org.springframework.asm.ClassVisitor;
import org.springframework.asm.ClassWriter;
import org.springframework.asm.MethodVisitor;
import org.springframework.asm.Opcodes;

/**
 * Tells a test of each instant at which something becomes durable, and stops there if it shall, so that the test can kill
 * the process: before and after each commit of a transaction, each rename or removal of a file, and each force to disk.
 *
 * <p>The calls are put into the program's classes from outside, so that it needs nothing for it and no new commit is forgotten:
 * by an agent of the virtual machine, or in a copy of the classes ({@link PreparedProgram}). Points are counted from when the
 * books are open; what it prints begins with {@link #MARK}.
 */
public final class CommitPoints {
    /** Begins a line that tells a point. */
    static final String MARK = "@@ ";

    /** The first line: the books are open, and from now on a kill says something. */
    static final String READY = "ready";

    /** The mode in which each point is told. */
    static final String LIST = "list";

    /** Names the mode where there is no agent. */
    private static final String MODE = "saldo.commit-points";

    private static final String SELF = "io/saldo/app/run/CommitPoints";
    private static final String TRANSACTIONS = "org/springframework/jdbc/datasource/DataSourceTransactionManager";
    private static final String HOLDER = "io/saldo/app/database/BooksHolder";
    private static final Set<String> DURABLE = Set.of("move", "delete", "deleteIfExists", "force");

    private static volatile boolean open;
    private static boolean listing;
    private static int stopAt;
    private static int count;

    static {
        begin(System.getProperty(MODE));
    }

    private CommitPoints() {}

    /**
     * The option of the virtual machine that makes it tell.
     *
     * @param mode {@link #LIST}, the number of the point to stop at, or empty to tell only when the books are open
     */
    static String option(Path folder, String mode) throws IOException {
        Path agent = folder.resolve("commit-points.jar");
        if (!Files.exists(agent)) {
            write(agent);
        }
        return "-javaagent:" + agent + "=" + mode;
    }

    /** This class with what it needs, so that it stands beside a program that is one jar, too. */
    private static void write(Path agent) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", CommitPoints.class.getName());
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(agent), manifest);
                JarFile spring = new JarFile(place(ClassReader.class).toFile())) {
            for (JarEntry entry : Collections.list(spring.entries())) {
                if (entry.getName().startsWith("org/springframework/asm/") && !entry.isDirectory()) {
                    add(jar, entry.getName(), spring.getInputStream(entry).readAllBytes());
                }
            }
            Path own = place(CommitPoints.class).resolve(SELF + ".class");
            try (Stream<Path> beside = Files.list(own.getParent())) {
                for (Path each : beside.sorted().toList()) {
                    String name = each.getFileName().toString();
                    if (name.startsWith(CommitPoints.class.getSimpleName())) {
                        add(jar, SELF.substring(0, SELF.lastIndexOf('/') + 1) + name, Files.readAllBytes(each));
                    }
                }
            }
        }
    }

    private static Path place(Class<?> type) {
        return Path.of(URI.create(
                type.getProtectionDomain().getCodeSource().getLocation().toString()));
    }

    private static void add(JarOutputStream jar, String name, byte[] content) throws IOException {
        jar.putNextEntry(new JarEntry(name));
        jar.write(content);
        jar.closeEntry();
    }

    /** Called by the virtual machine before the program. */
    public static void premain(String mode, Instrumentation instrumentation) {
        begin(mode);
        instrumentation.addTransformer(new Transformer());
    }

    private static void begin(String mode) {
        listing = LIST.equals(mode);
        stopAt = mode == null || mode.isEmpty() || listing ? 0 : Integer.parseInt(mode);
    }

    /** The option of the virtual machine that tells the mode to classes that have the calls. */
    static String option(String mode) {
        return "-D" + MODE + "=" + mode;
    }

    /** Whether a class of that file gets calls. */
    static boolean isIn(String file) {
        return file.endsWith(".class")
                && !file.startsWith(SELF)
                && (file.startsWith("io/saldo/") || file.equals(TRANSACTIONS + ".class"));
    }

    /** A class with the calls. */
    static byte[] with(String file, byte[] bytes) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        String name = file.substring(0, file.length() - ".class".length());
        new ClassReader(bytes).accept(new Calls(name, writer), 0);
        return writer.toByteArray();
    }

    /** The books are open. Called by what was transformed. */
    public static void opened() {
        open = true;
        say(READY);
    }

    /** Before or after a commit. Called by what was transformed. */
    public static void commit(String when) {
        String where = StackWalker.getInstance()
                .walk(frames -> frames.filter(frame -> !frame.getClassName().startsWith(CommitPoints.class.getName()))
                        .filter(frame -> frame.getClassName().startsWith("io.saldo.")
                                || frame.getClassName().startsWith("org.springframework.batch."))
                        .filter(frame -> !frame.getMethodName().startsWith("lambda$")
                                && !frame.getMethodName().startsWith("beforeCommit"))
                        .findFirst()
                        .map(frame -> frame.getClassName().replaceAll(".*\\.", "") + "." + frame.getMethodName())
                        .orElse("elsewhere"));
        reached(where + ": " + when + " commit");
    }

    /** Before or after something that lasts. Called by what was transformed. */
    public static synchronized void reached(String name) {
        if (!open) {
            return;
        }
        count++;
        if (listing) {
            say(name);
        }
        if (count == stopAt) {
            say(name);
            try {
                // Whoever reaches the next point waits too.
                Thread.sleep(Long.MAX_VALUE);
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void say(String name) {
        System.out.println(MARK + name);
        System.out.flush();
    }

    private static final class Transformer implements ClassFileTransformer {
        @Override
        public byte[] transform(
                ClassLoader loader, String name, Class<?> redefined, ProtectionDomain domain, byte[] bytes) {
            String file = name + ".class";
            return name != null && isIn(file) ? with(file, bytes) : null;
        }
    }

    /** Puts a call before and after what lasts. */
    private static final class Calls extends ClassVisitor {
        private final String owner;

        Calls(String owner, ClassVisitor next) {
            super(Opcodes.ASM9, next);
            this.owner = owner;
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String method, String descriptor, String signature, String[] exceptions) {
            MethodVisitor next = super.visitMethod(access, method, descriptor, signature, exceptions);
            boolean commits = owner.equals(TRANSACTIONS) && method.equals("doCommit");
            boolean opens = owner.equals(HOLDER) && method.equals("enter");
            String place = owner.substring(owner.lastIndexOf('/') + 1) + "." + method + ": ";
            return new MethodVisitor(Opcodes.ASM9, next) {
                @Override
                public void visitCode() {
                    super.visitCode();
                    if (commits) {
                        call("commit", "before");
                    }
                }

                @Override
                public void visitInsn(int instruction) {
                    if (instruction == Opcodes.RETURN && commits) {
                        call("commit", "after");
                    }
                    if (instruction == Opcodes.RETURN && opens) {
                        super.visitMethodInsn(Opcodes.INVOKESTATIC, SELF, "opened", "()V", false);
                    }
                    super.visitInsn(instruction);
                }

                @Override
                public void visitMethodInsn(
                        int instruction, String type, String called, String calledDescriptor, boolean ofInterface) {
                    boolean lasts = DURABLE.contains(called)
                            && (type.equals("java/nio/file/Files") || type.equals("java/nio/channels/FileChannel"));
                    if (lasts) {
                        call("reached", place + "before " + called);
                    }
                    super.visitMethodInsn(instruction, type, called, calledDescriptor, ofInterface);
                    if (lasts) {
                        call("reached", place + "after " + called);
                    }
                }

                private void call(String target, String text) {
                    super.visitLdcInsn(text);
                    super.visitMethodInsn(Opcodes.INVOKESTATIC, SELF, target, "(Ljava/lang/String;)V", false);
                }
            };
        }
    }
}
