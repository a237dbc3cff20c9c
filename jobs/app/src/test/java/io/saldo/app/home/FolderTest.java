package io.saldo.app.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in a folder of which parts are links to another disk. */
class FolderTest {
    @TempDir
    Path root;

    private Path folder;

    @BeforeEach
    void make() throws IOException {
        folder = root.resolve("home/lake");
        put("home/lake/a/file");
        put("home/other");
        put("disk/b/file");
        link("home/lake/linked", "disk");
    }

    private void put(String file) throws IOException {
        Files.createDirectories(root.resolve(file).getParent());
        Files.writeString(root.resolve(file), file);
    }

    private void link(String link, String target) throws IOException {
        Files.createSymbolicLink(root.resolve(link), root.resolve(target));
    }

    private List<String> names(List<Path> paths) {
        return paths.stream().map(path -> Folder.name(folder, path)).toList();
    }

    @Test
    void whatIsBehindALinkToAFolderIsInIt() throws IOException {
        link("disk/file", "home/other");
        link("disk/nowhere", "none");
        assertThat(names(Folder.insideFirst(folder)))
                .containsExactly("linked/nowhere", "linked/file", "linked/b/file", "linked/b", "linked", "a/file", "a");
        link("lake", "home/lake");
        assertThat(Folder.insideFirst(root.resolve("lake")))
                .as("of a folder that is a link itself")
                .hasSize(7)
                .allMatch(path -> path.startsWith(root.resolve("lake")));
        assertThat(Folder.insideFirst(root.resolve("none"))).isEmpty();
    }

    @Test
    void aLinkThatLeadsBackIsNamedAndNotFollowed() throws IOException {
        link("home/lake/up", "home");
        link("home/lake/self", "home/lake");
        link("home/lake/a/same", "home/lake/a");
        link("home/lake/z", "home/lake/a");
        link("disk/b/again", "disk");
        link("disk/b/home", "home");
        assertThat(names(Folder.insideFirst(folder)))
                .containsExactly(
                        "z",
                        "up",
                        "self",
                        "linked/b/home",
                        "linked/b/file",
                        "linked/b/again",
                        "linked/b",
                        "linked",
                        "a/same",
                        "a/file",
                        "a");
    }

    @Test
    void aLinkAndWhatIsBehindItIsNotRemovable() throws IOException {
        assertThat(names(Folder.removable(folder))).containsExactly("a/file", "a");
        link("lake", "home/lake/a");
        assertThat(Folder.removable(root.resolve("lake"))).containsExactly(root.resolve("lake/file"));
        Files.delete(folder.resolve("linked"));
        assertThat(names(Folder.removable(folder))).containsExactly("a/file", "a", "");
    }
}
