package io.saldo.app.command;

import io.saldo.app.home.Folder;
import io.saldo.app.home.Home;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** Makes a home and a commented configuration. */
@Command(
        name = "init",
        mixinStandardHelpOptions = true,
        description = {
            "Makes a home and a commented configuration.",
            "What is there already is left as it is, so it can be run again."
        })
final class InitCommand implements Callable<Integer> {
    private static final String DEFAULTS = "classpath*:defaults/config/";

    @ParentCommand
    Saldo saldo = new Saldo();

    @Override
    public Integer call() throws IOException {
        Home home = saldo.home();
        home.create();
        int written = writeDefaults(saldo.configuration());
        saldo.say("home " + home.root() + " is ready; " + written + " configuration files written to "
                + saldo.configuration());
        saldo.say(
                "Next: edit them, put deliveries into " + home.inbox() + "/SOURCE/, then: saldo check, saldo nightly");
        return ExitCode.DONE;
    }

    static int writeDefaults(Path folder) throws IOException {
        int written = 0;
        for (Resource resource : new PathMatchingResourcePatternResolver().getResources(DEFAULTS + "**/*.*")) {
            String url = resource.getURL().toString();
            Path target = folder.resolve(url.substring(url.indexOf("defaults/config/") + "defaults/config/".length()));
            if (!resource.isReadable() || Files.exists(target)) {
                continue;
            }
            Path parent = target.getParent();
            if (parent != null) {
                Folder.create(parent);
            }
            try (InputStream in = resource.getInputStream()) {
                Files.copy(in, target);
            }
            written++;
        }
        return written;
    }
}
