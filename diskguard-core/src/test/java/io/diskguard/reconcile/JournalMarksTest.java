/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reconcile;

import static io.diskguard.reconcile.Examples.CGROUP;
import static io.diskguard.reconcile.Examples.DISK;
import static io.diskguard.reconcile.Examples.both;
import static io.diskguard.reconcile.Examples.mark;
import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.model.CgroupPath;
import io.diskguard.spi.FsResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalMarksTest {
    @TempDir
    Path directory;

    private JournalMarks open() {
        return new JournalMarks(
                directory.resolve("state/marks.json"), cgroup -> !cgroup.value().contains("gone"));
    }

    @Test
    void aMarkOutlivesTheProcess() {
        open().write(CGROUP, mark(DISK, both(500)));
        assertThat(open().read(CGROUP)).isEqualTo(new MarkReading.Known(mark(DISK, both(500))));
    }

    @Test
    void marksOfCgroupsThatAreGoneAreDropped() {
        var gone = new CgroupPath("/gone");
        open().write(gone, mark(DISK, both(500)));
        open().write(CGROUP, mark(DISK, both(500)));
        assertThat(open().read(gone)).isEqualTo(new MarkReading.Known(Mark.NONE));
    }

    @Test
    void anEmptyMarkIsRemoved() {
        open().write(CGROUP, mark(DISK, both(500)));
        open().write(CGROUP, Mark.NONE);
        assertThat(open().read(CGROUP)).isEqualTo(new MarkReading.Known(Mark.NONE));
    }

    @Test
    void aDamagedJournalIsKeptAsideAndStartedAnew() throws IOException {
        Files.createDirectories(directory.resolve("state"));
        Files.writeString(directory.resolve("state/marks.json"), "{\"/a");
        var marks = open();
        assertThat(marks.read(CGROUP)).isEqualTo(new MarkReading.Known(Mark.NONE));
        assertThat(marks.write(CGROUP, mark(DISK, both(500)))).isEqualTo(FsResult.OK);
        assertThat(open().read(CGROUP)).isEqualTo(new MarkReading.Known(mark(DISK, both(500))));
    }

    @Test
    void whatCouldNotBeWrittenIsNoMark() throws IOException {
        var marks = open();
        assertThat(marks.read(CGROUP)).isEqualTo(new MarkReading.Known(Mark.NONE));
        Files.writeString(directory.resolve("state"), "a file where the directory should be");
        marks.write(CGROUP, mark(DISK, both(500)));
        assertThat(marks.read(CGROUP)).isEqualTo(new MarkReading.Known(Mark.NONE));
    }

    @Test
    void aJournalThatCannotBeReadDoesNotSayThatNothingIsMarked() throws IOException {
        Files.createDirectories(directory.resolve("state/marks.json"));
        assertThat(open().read(CGROUP)).isInstanceOf(MarkReading.Unreadable.class);
    }

    @Test
    void aDamagedJournalIsNotThrownAway() throws IOException {
        Files.createDirectories(directory.resolve("state"));
        Files.writeString(directory.resolve("state/marks.json"), "{\"/a");
        open().write(CGROUP, mark(DISK, both(500)));
        assertThat(directory.resolve("state/marks.json.damaged")).hasContent("{\"/a");
    }

    @Test
    void readingADamagedJournalLeavesItWhereItIs() throws IOException {
        Files.createDirectories(directory.resolve("state"));
        Files.writeString(directory.resolve("state/marks.json"), "{\"/a");
        open().read(CGROUP);
        assertThat(directory.resolve("state/marks.json")).hasContent("{\"/a");
        assertThat(directory.resolve("state/marks.json.damaged")).doesNotExist();
    }

    @Test
    void aJournalThatCannotBeReadIsNotOverwritten() throws IOException {
        Files.createDirectories(directory.resolve("state/marks.json/child"));
        assertThat(open().write(CGROUP, mark(DISK, both(500))).isOk()).isFalse();
        assertThat(directory.resolve("state/marks.json/child")).exists();
    }

    @Test
    void aJournalThatCannotBeWrittenSaysWhich() throws IOException {
        Files.writeString(directory.resolve("state"), "a file where the directory should be");
        assertThat(open().write(CGROUP, mark(DISK, both(500))))
                .isInstanceOfSatisfying(FsResult.Failed.class, failed -> assertThat(failed.detail())
                        .contains("marks.json"));
    }
}
