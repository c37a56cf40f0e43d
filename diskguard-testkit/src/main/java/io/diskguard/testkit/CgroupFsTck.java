/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.DeviceId;
import io.diskguard.spi.AttributeResult;
import io.diskguard.spi.CgroupFs;
import io.diskguard.spi.CgroupWatch;
import io.diskguard.spi.CgroupWatch.Event;
import io.diskguard.spi.Errno;
import io.diskguard.spi.FsResult;
import io.diskguard.spi.ReadBuffer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link CgroupFs} promises, whatever the version of cgroups. */
public abstract class CgroupFsTck {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private CgroupFixture fixture;
    private CgroupFs fs;
    private CgroupPath cgroup;

    /** For subclasses: opens nothing yet. */
    protected CgroupFsTck() {}

    /** Opens a hierarchy; called before each test and closed after it. */
    protected abstract CgroupFixture openFixture();

    @BeforeEach
    final void open() {
        fixture = openFixture();
        fs = fixture.fs();
        cgroup = fixture.newCgroup();
    }

    @AfterEach
    final void close() {
        if (fixture != null) {
            fixture.close();
        }
    }

    /** The fixture of the test that runs. */
    protected final CgroupFixture fixture() {
        return fixture;
    }

    /** A fresh cgroup. */
    protected final CgroupPath cgroup() {
        return cgroup;
    }

    /** The disk to throttle. */
    protected final DeviceId disk() {
        return fixture.disk();
    }

    /** The content of a control file, which must be readable. */
    protected final String read(CgroupPath of, String file) {
        var buffer = new ReadBuffer();
        assertThat(fs.read(of, file, buffer)).isEqualTo(FsResult.OK);
        return buffer.text();
    }

    /** The content of a control file of {@link #cgroup()}. */
    protected final String read(String file) {
        return read(cgroup, file);
    }

    /** Writes to a control file of {@link #cgroup()} and expects the kernel to take it. */
    protected final void accepts(String file, String line) {
        assertThat(fs.write(cgroup, file, line)).as("\"%s\" to %s", line, file).isEqualTo(FsResult.OK);
    }

    /** Writes to a control file of {@link #cgroup()} and expects that errno, and that the file reads as before. */
    protected final void refuses(Errno errno, String file, String line) {
        var before = read(file);
        assertThat(fs.write(cgroup, file, line))
                .as("\"%s\" to %s", line, file)
                .isInstanceOfSatisfying(FsResult.Failed.class, failed -> {
                    assertThat(failed.errno()).isEqualTo(errno);
                    assertThat(failed.detail()).contains(file);
                });
        assertThat(read(file)).isEqualTo(before);
    }

    @Test
    void anUnknownFileIsNotCreated() {
        var name = "no.such.file";

        assertThat(fs.exists(cgroup, name)).isFalse();
        assertThat(fs.write(cgroup, name, "1").is(Errno.ENOENT)).isTrue();
        assertThat(fs.read(cgroup, name, new ReadBuffer()).is(Errno.ENOENT)).isTrue();
        assertThat(fs.exists(cgroup, name)).isFalse();
    }

    @Test
    void aFailedReadLeavesNothingInTheBuffer() {
        var buffer = new ReadBuffer();
        assertThat(fs.read(cgroup, "cgroup.procs", buffer)).isEqualTo(FsResult.OK);
        buffer.set(new byte[] {1, 2, 3});

        assertThat(fs.read(cgroup, "no.such.file", buffer).isOk()).isFalse();

        assertThat(buffer.length()).isZero();
    }

    @Test
    void aCgroupThatVanishedHasNothing() {
        fixture.remove(cgroup);

        assertThat(fs.exists(cgroup)).isFalse();
        assertThat(fs.exists(cgroup, "cgroup.procs")).isFalse();
        assertThat(fs.children(cgroup)).isEmpty();
        assertThat(fs.attribute(cgroup, "diskguard-tck")).isEqualTo(AttributeResult.ABSENT);
        assertThat(fs.setAttribute(cgroup, "diskguard-tck", "1").is(Errno.ENOENT))
                .isTrue();
        assertThat(fs.read(cgroup, "cgroup.procs", new ReadBuffer()).is(Errno.ENOENT))
                .isTrue();
    }

    @Test
    void childrenAreListedByNameAndInOrder() {
        var first = fixture.newChild(cgroup);
        var second = fixture.newChild(cgroup);

        assertThat(fs.exists(first)).isTrue();
        assertThat(fs.children(cgroup))
                .containsExactlyInAnyOrder(first.name(), second.name())
                .isSorted();

        fixture.remove(first);
        assertThat(fs.children(cgroup)).containsExactly(second.name());
        fixture.remove(second);
    }

    @Test
    void aScratchCgroupIsMadeAndRemoved() {
        var scratch = cgroup.child("scratch");

        assertThat(fs.mkdir(scratch)).isEqualTo(FsResult.OK);
        assertThat(fs.children(cgroup)).containsExactly("scratch");
        assertThat(fs.exists(scratch, "cgroup.procs")).isTrue();

        assertThat(fs.rmdir(scratch)).isEqualTo(FsResult.OK);
        assertThat(fs.exists(scratch)).isFalse();
    }

    @Test
    void whatIsThereIsNotMadeAgain() {
        assertThat(fs.mkdir(cgroup).is(Errno.EEXIST)).isTrue();
        assertThat(fs.exists(cgroup)).isTrue();
    }

    @Test
    void noParentIsMadeOnTheWay() {
        assertThat(fs.mkdir(cgroup.child("no").child("such")).is(Errno.ENOENT)).isTrue();
        assertThat(fs.children(cgroup)).isEmpty();
    }

    @Test
    void aCgroupWithChildrenStays() {
        var child = fixture.newChild(cgroup);

        assertThat(fs.rmdir(cgroup).is(Errno.EBUSY)).isTrue();
        assertThat(fs.exists(child)).isTrue();
        fixture.remove(child);
    }

    @Test
    void whatIsNotThereCannotBeRemoved() {
        assertThat(fs.rmdir(cgroup.child("never-was")).is(Errno.ENOENT)).isTrue();
    }

    @Test
    void aFileThatIsKeptReadsWhatIsThereAtTheTime() {
        var file = fs.file(cgroup, "cgroup.procs");
        var buffer = new ReadBuffer();
        assertThat(file.read(buffer)).isEqualTo(FsResult.OK);
        buffer.set(new byte[] {1});

        fixture.remove(cgroup);

        assertThat(file.read(buffer).is(Errno.ENOENT)).isTrue();
        assertThat(buffer.length()).isZero();
    }

    @Test
    void anAttributeIsKeptAndReplacedAndRemoved() {
        var name = "diskguard-tck";
        assertThat(fs.attribute(cgroup, name)).isEqualTo(AttributeResult.ABSENT);

        assertThat(fs.setAttribute(cgroup, name, "{\"v\":1}")).isEqualTo(FsResult.OK);
        assertThat(fs.attribute(cgroup, name)).isEqualTo(new AttributeResult.Present("{\"v\":1}"));
        assertThat(fs.setAttribute(cgroup, name, "shorter")).isEqualTo(FsResult.OK);
        assertThat(fs.attribute(cgroup, name)).isEqualTo(new AttributeResult.Present("shorter"));
        var markOfManyDisks = "é".repeat(1500);
        assertThat(fs.setAttribute(cgroup, name, markOfManyDisks)).isEqualTo(FsResult.OK);
        assertThat(fs.attribute(cgroup, name)).isEqualTo(new AttributeResult.Present(markOfManyDisks));

        assertThat(fs.removeAttribute(cgroup, name)).isEqualTo(FsResult.OK);
        assertThat(fs.attribute(cgroup, name)).isEqualTo(AttributeResult.ABSENT);
        assertThat(fs.removeAttribute(cgroup, name)).isEqualTo(FsResult.OK);
    }

    @Test
    void aNewChildIsReportedToTheWatch() throws InterruptedException {
        try (var watch = openWatch()) {
            assertThat(watch.watch(cgroup)).isEqualTo(FsResult.OK);

            var child = fixture.newChild(cgroup);

            assertThat(watch.take(PATIENCE)).contains(new Event.Appeared(child));
            fixture.remove(child);
        }
    }

    @Test
    void watchingTwiceReportsOnce() throws InterruptedException {
        try (var watch = openWatch()) {
            watch.watch(cgroup);
            watch.watch(cgroup);

            var first = fixture.newChild(cgroup);
            var second = fixture.newChild(cgroup);

            assertThat(watch.take(PATIENCE)).contains(new Event.Appeared(first));
            assertThat(watch.take(PATIENCE)).contains(new Event.Appeared(second));
            fixture.remove(first);
            fixture.remove(second);
        }
    }

    /** Linux 6.18 tells nothing when a watched cgroup is removed, only its parent's watch hears of it: gone may come, nothing else. */
    @Test
    void aWatchedCgroupThatVanishesIsAtMostReportedGone() throws InterruptedException {
        try (var watch = openWatch()) {
            watch.watch(cgroup);

            fixture.remove(cgroup);

            assertThat(watch.take(Duration.ZERO).filter(event -> !event.equals(new Event.Gone(cgroup))))
                    .isEmpty();
        }
    }

    /** The parent's own end is told by nobody: it has to be noticed. */
    @Test
    void aCgroupBelowAParentThatWasMadeAnewIsReportedGone() throws InterruptedException {
        var child = cgroup.child("scratch");
        try (var watch = openWatch()) {
            fs.mkdir(child);
            watch.watch(child);
            fs.rmdir(child);
            assertThat(watch.take(PATIENCE)).contains(new Event.Gone(child));
            fixture.remove(cgroup);
            fs.mkdir(cgroup);
            fs.mkdir(child);
            assertThat(watch.watch(child)).isEqualTo(FsResult.OK);

            fs.rmdir(child);

            assertThat(watch.take(PATIENCE)).contains(new Event.Gone(child));
        }
    }

    @Test
    void whatIsNotThereCannotBeWatched() {
        try (var watch = openWatch()) {
            assertThat(watch.watch(cgroup.child("never-was")).is(Errno.ENOENT)).isTrue();
        }
    }

    @Test
    void aWatchWithoutNewsGivesNothing() throws InterruptedException {
        try (var watch = openWatch()) {
            watch.watch(cgroup);

            assertThat(watch.take(Duration.ZERO)).isEmpty();
        }
    }

    private CgroupWatch openWatch() {
        var watch = fs.openWatch();
        assumeTrue(watch.isPresent(), "the host gives no watch");
        return watch.orElseThrow();
    }
}
