/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.watch.FileState.Absent;
import io.diskguard.watch.FileState.TooLong;
import io.diskguard.watch.FileState.Unreadable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a watch does on any file system, whatever tells it of changes. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
abstract class FileWatchContract {
    private Followed followed;

    /** An empty directory, without symbolic links on the way to it. */
    abstract Path root() throws IOException;

    FileWatch.Settings settings() {
        return Followed.FAST;
    }

    final Path path(String relative) throws IOException {
        return root().resolve(relative);
    }

    /** At once, so that nothing in between can be told, however slow this machine is. */
    final Path write(String relative, String content) throws IOException {
        Files.createDirectories(path(relative).getParent());
        var written = Files.writeString(path(relative + ".tmp"), content);
        return Files.move(written, path(relative), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Of the same length as before, into the same file. */
    private void edit(Path file, String content) throws IOException {
        Files.writeString(file, content, StandardOpenOption.WRITE);
    }

    private void link(String relative, Path target) throws IOException {
        var link = Files.createSymbolicLink(path(relative + ".new"), target);
        Files.move(link, path(relative), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    final Followed follow(Path file) {
        followed = new Followed(file, settings());
        return followed;
    }

    /** Nothing has been told of what is there now. */
    void quiet() throws InterruptedException {
        followed.looks();
        assertThat(followed.told).isEmpty();
    }

    @AfterEach
    final void close() {
        if (followed != null) {
            followed.close();
        }
    }

    @Test
    void whatIsThereAtTheStartIsKnownAndNotTold() throws Exception {
        var file = write("config", "a");
        var seen = follow(file);
        assertThat(Followed.text(seen.watch.state())).isEqualTo("a");
        edit(file, "b");
        seen.tells("b");
        assertThat(Followed.text(seen.watch.state())).isEqualTo("b");
    }

    @Test
    void aFileIsReplacedByRename() throws Exception {
        var seen = follow(write("config", "a"));
        for (var next : new String[] {"b", "c", "d"}) {
            write("config", next);
            seen.tells(next);
        }
    }

    @Test
    void anEditThatKeepsInodeAndSizeAndSetsTheTimeBackIsSeen() throws Exception {
        var file = write("config", "limit: 100");
        var before = FileTime.fromMillis(1_000_000_000_000L);
        Files.setLastModifiedTime(file, before);
        var seen = follow(file);
        edit(file, "limit: 900");
        Files.setLastModifiedTime(file, before);
        seen.tells("limit: 900");
        edit(file, "limit: 300");
        Files.setLastModifiedTime(file, FileTime.fromMillis(900_000_000_000L));
        seen.tells("limit: 300");
    }

    @Test
    void eachLinkOfAChainMayLeadElsewhere() throws Exception {
        write("v1/deep/config", "one");
        write("v2/deep/config", "two");
        write("v3/config", "three");
        Files.createDirectories(path("links/far"));
        var fs = root().getFileSystem();
        link("links/far/current", fs.getPath("../../v1/deep"));
        link("config", path("links/far/current/config"));
        var seen = follow(path("config"));
        assertThat(Followed.text(seen.watch.state())).isEqualTo("one");
        link("links/far/current", fs.getPath("../.././v2/deep"));
        seen.tells("two");
        write("v2/deep/config", "edited");
        seen.tells("edited");
        link("config", path("v3/config"));
        seen.tells("three");
        write("v3/config", "four");
        seen.tells("four");
    }

    @Test
    void aConfigMapIsSwapped() throws Exception {
        var mount = new ConfigMapMount(path("etc/x"), Map.of("config.yaml", "1", "other", "a"));
        var seen = follow(mount.file("config.yaml"));
        for (var version = 2; version < 6; version++) {
            mount.swap(Map.of("config.yaml", "" + version, "other", "a"));
            seen.tells("" + version);
        }
    }

    @Test
    void aFileMayNotExistYetNorItsDirectories() throws Exception {
        var seen = follow(path("not/yet/there/config"));
        assertThat(seen.watch.state()).isEqualTo(new Absent());
        Files.createDirectories(path("not/yet"));
        write("not/yet/there/config", "a");
        seen.tells("a");
    }

    @Test
    void aLinkMayLeadNowhereYet() throws Exception {
        link("config", path("nowhere/target"));
        var seen = follow(path("config"));
        assertThat(seen.watch.state()).isEqualTo(new Absent());
        write("nowhere/target", "a");
        seen.tells("a");
    }

    @Test
    void aDirectoryIsRemovedAndComesBack() throws Exception {
        var seen = follow(write("etc/x/config", "a"));
        for (var next : new String[] {"b", "c"}) {
            ConfigMapMount.delete(path("etc"));
            seen.tells(Absent.class);
            write("etc/x/config", next);
            seen.tells(next);
        }
        write("etc/x/config", "d");
        seen.tells("d");
    }

    @Test
    void nothingIsToldOfWhatDoesNotChangeTheContent() throws Exception {
        var mount = new ConfigMapMount(path("etc/x"), Map.of("config.yaml", "a", "other", "1"));
        var seen = follow(mount.file("config.yaml"));
        Files.setLastModifiedTime(mount.file("config.yaml"), FileTime.fromMillis(2_000_000_000_000L));
        quiet();
        edit(mount.file("config.yaml"), "a");
        quiet();
        mount.swap(Map.of("config.yaml", "a", "other", "2"));
        quiet();
        write("etc/x/log", "busy");
        quiet();
        mount.swap(Map.of("config.yaml", "b", "other", "2"));
        seen.tells("b");
    }

    @Test
    void anEmptiedFileAndALongOneAreContentsOfTheirOwn() throws Exception {
        var seen = follow(write("config", "a"));
        write("config", "");
        seen.tells("");
        write("config", "x".repeat((1 << 20) + 1));
        assertThat(seen.tells(TooLong.class).size()).isEqualTo((1 << 20) + 1);
        write("config", "x".repeat((1 << 20) + 2));
        assertThat(seen.tells(TooLong.class).size()).isEqualTo((1 << 20) + 2);
        write("config", "x".repeat(1 << 20));
        seen.tells("x".repeat(1 << 20));
    }

    @Test
    void whatCannotBeReadSaysWhyAndIsFollowedOn() throws Exception {
        var seen = follow(write("config", "a"));
        Files.delete(path("config"));
        seen.tells(Absent.class);
        Files.createDirectory(path("config"));
        assertThat(seen.tells(Unreadable.class).reason()).contains("directory");
        Files.delete(path("config"));
        seen.tells(Absent.class);
        link("config", root().getFileSystem().getPath("config"));
        assertThat(seen.tells(Unreadable.class).reason()).containsIgnoringCase("too many levels");
        Files.delete(path("config"));
        seen.tells(Absent.class);
        write("config", "b");
        seen.tells("b");
    }

    @Test
    void aListenerThatFailsCostsNothing() throws Exception {
        var file = write("config", "a");
        var seen = follow(file);
        seen.watch.onChange(state -> {
            throw new IllegalStateException("a bad listener");
        });
        write("config", "b");
        seen.tells("b");
        write("config", "c");
        seen.tells("c");
    }

    @Test
    void whatChangesWhileAListenerIsBusyIsSeenAfterwards() throws Exception {
        var seen = follow(write("config", "a"));
        var entered = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        seen.watch.onChange(state -> {
            entered.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        write("config", "b");
        assertThat(entered.await(Followed.FAILURE_SECONDS, TimeUnit.SECONDS)).isTrue();
        write("config", "c");
        write("config", "d");
        goOn.countDown();
        seen.tells("b").tells("d");
    }

    @Test
    void afterItWasClosedNothingIsToldAndItsThreadEnds() throws Exception {
        var seen = follow(write("config", "a"));
        seen.close();
        seen.close();
        write("config", "b");
        seen.thread.get().join(TimeUnit.SECONDS.toMillis(Followed.FAILURE_SECONDS));
        assertThat(seen.thread.get().isAlive()).isFalse();
        assertThat(seen.told).isEmpty();
    }

    @Test
    void aListenerMayClose() throws Exception {
        var seen = follow(write("config", "a"));
        seen.watch.onChange(state -> seen.close());
        write("config", "b");
        seen.tells("b");
        seen.thread.get().join(TimeUnit.SECONDS.toMillis(Followed.FAILURE_SECONDS));
        assertThat(seen.thread.get().isAlive()).isFalse();
    }
}
