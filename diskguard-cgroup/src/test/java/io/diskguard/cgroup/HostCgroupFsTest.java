/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.model.CgroupPath;
import io.diskguard.spi.AttributeResult;
import io.diskguard.spi.Errno;
import io.diskguard.spi.ReadBuffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostCgroupFsTest {
    private static final CgroupPath CGROUP = new CgroupPath("/a");

    @TempDir
    Path mount;

    private HostCgroupFs fs;
    private final ReadBuffer buffer = new ReadBuffer();

    @BeforeEach
    void open() throws IOException {
        fs = new HostCgroupFs(mount);
        Files.createDirectories(mount.resolve("a/child"));
        Files.writeString(mount.resolve("a/io.max"), "old old old\n");
    }

    @Test
    void aWriteNeitherTruncatesNorCreates() throws IOException {
        assertThat(fs.write(CGROUP, "io.max", "new").isOk()).isTrue();
        assertThat(Files.readString(mount.resolve("a/io.max"))).isEqualTo("new\nold old\n");

        assertThat(fs.write(CGROUP, "io.min", "new").is(Errno.ENOENT)).isTrue();
        assertThat(mount.resolve("a/io.min")).doesNotExist();
    }

    @Test
    void aFileLongerThanTheBufferIsReadWhole() throws IOException {
        var text = "8:0 rbytes=1\n".repeat(2_000);
        Files.writeString(mount.resolve("a/io.stat"), text);

        assertThat(fs.read(CGROUP, "io.stat", buffer).isOk()).isTrue();

        assertThat(buffer.text()).isEqualTo(text);
    }

    @Test
    void aFailedReadLeavesTheBufferEmpty() {
        fs.read(CGROUP, "io.max", buffer);

        assertThat(fs.read(CGROUP, "io.stat", buffer).is(Errno.ENOENT)).isTrue();
        assertThat(buffer.length()).isZero();
    }

    @Test
    void onlyDirectoriesAreChildren() throws IOException {
        Files.createSymbolicLink(mount.resolve("a/link"), mount.resolve("a/child"));
        Files.createDirectory(mount.resolve("a/another"));

        assertThat(fs.children(CGROUP)).containsExactly("another", "child");
        assertThat(fs.children(new CgroupPath("/gone"))).isEmpty();
    }

    @Test
    void aDirectoryThatComesLaterIsAChildThen() throws IOException {
        var child = CGROUP.child("child");
        assertThat(fs.children(child)).isEmpty();
        Files.createDirectory(mount.resolve("a/child/late"));
        assertThat(fs.children(child)).containsExactly("late");
    }

    @Test
    void aCgroupThatIsNamedAsAControlFileIsAChildLikeAnyOther() throws IOException {
        var child = CGROUP.child("child");
        Files.createDirectory(mount.resolve("a/child/io.slice"));
        Files.createDirectory(mount.resolve("a/child/blkio.throttle.nobody"));
        Files.createDirectory(mount.resolve("a/child/user"));
        Files.createFile(mount.resolve("a/child/cgroup.procs"));
        assertThat(fs.children(child)).containsExactly("blkio.throttle.nobody", "io.slice", "user");
    }

    @Test
    void whatIsNotADirectoryIsNoCgroupAndThrowsNothing() throws IOException {
        Files.createSymbolicLink(mount.resolve("dangling"), mount.resolve("nowhere"));
        for (var odd : new String[] {"/dangling", "/a/io.max", "/a/io.max/b"}) {
            var cgroup = new CgroupPath(odd);
            assertThat(fs.exists(cgroup)).isFalse();
            assertThat(fs.children(cgroup)).isEmpty();
            assertThat(fs.read(cgroup, "io.max", buffer).isOk()).isFalse();
            assertThat(fs.write(cgroup, "io.max", "x").isOk()).isFalse();
            assertThat(fs.attribute(cgroup, "diskguard")).isEqualTo(AttributeResult.ABSENT);
        }
    }
}
