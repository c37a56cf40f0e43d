/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.benchmarks.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OpenFilesTest {
    @Test
    void aDescriptorsKindIsWhatItsLinkNames() {
        assertThat(OpenFiles.kind("socket:[4711]")).isEqualTo("socket");
        assertThat(OpenFiles.kind("pipe:[12]")).isEqualTo("pipe");
        assertThat(OpenFiles.kind("anon_inode:inotify")).isEqualTo("inotify");
        assertThat(OpenFiles.kind("anon_inode:[eventpoll]")).isEqualTo("eventpoll");
        assertThat(OpenFiles.kind("/var/lib/diskguard/snapshot (deleted)")).isEqualTo("file");
    }

    @Test
    void eachWatchOfAnInotifyDescriptorHasALine() {
        assertThat(OpenFiles.watches("""
                pos:	0
                flags:	02004000
                mnt_id:	15
                ino:	1057
                inotify wd:3 ino:9e7e sdev:800013 mask:800afce ignored_mask:0 fhandle-bytes:8 fhandle-type:1 f_handle:7e9e0000640d1b6d
                inotify wd:2 ino:a111 sdev:800013 mask:800afce ignored_mask:0 fhandle-bytes:8 fhandle-type:1 f_handle:11a1000020542153
                """)).isEqualTo(2);
        assertThat(OpenFiles.watches("pos:\t0\nflags:\t02004000\n")).isZero();
    }

    @Test
    void allKindsTogetherAreWhatIsOpen() {
        assertThat(new OpenFiles(Map.of("file", 2, "socket", 3), 0).count()).isEqualTo(5);
    }

    @Test
    void aRealProcessHasSomethingOpen() throws IOException {
        assertThat(OpenFiles.of(ProcessHandle.current().pid()).count()).isPositive();
    }
}
