/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.benchmarks.soak;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CompiledCodeTest {
    @Test
    void onlyWhatIsWritableAndExecutableIsCompiledCode() {
        assertThat(CompiledCode.megabytes("""
                7f0000000000-7f0000100000 rwxp 00000000 00:00 0
                Size:               1024 kB
                Rss:                 512 kB
                Anonymous:           512 kB
                VmFlags: rd wr ex mr mw me ac sd
                7f0000100000-7f0000200000 rw-p 00000000 00:00 0
                Size:               1024 kB
                Rss:                1024 kB
                7f0000200000-7f0000300000 r-xp 00000000 fe:00 4711                       /usr/lib/libjvm.so
                Rss:                  64 kB
                7f0000300000-7f0000400000 rwxp 00000000 00:00 0
                Rss:                 512 kB
                """)).isEqualTo(1);
    }
}
