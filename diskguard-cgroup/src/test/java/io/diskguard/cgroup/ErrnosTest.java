/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.spi.Errno;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrnosTest {

    @ParameterizedTest
    @CsvSource({
        "Invalid argument,EINVAL",
        "Numerical result out of range,ERANGE",
        "No such device,ENODEV",
        "No such device or address,OTHER",
        "Read-only file system,EROFS",
        "Device or resource busy,EBUSY",
        "No space left on device,ENOSPC",
        "User limit of inotify watches reached,ENOSPC",
        "Too many open files,EMFILE",
        "User limit of inotify instances reached or too many open files,EMFILE",
        "Operation not supported,EOPNOTSUPP",
        "Le périphérique n'existe pas,OTHER"
    })
    void theKernelsWordsTellTheErrnoWhicheverExceptionCarriesThem(String words, Errno errno) {
        assertThat(Errnos.of(new IOException(words))).isEqualTo(errno);
        assertThat(Errnos.of(new FileSystemException("/f", null, words))).isEqualTo(errno);
        assertThat(Errnos.of(new FileNotFoundException("/f (1) (" + words + ")")))
                .isEqualTo(errno);
    }

    @Test
    void exceptionsWithoutWordsTellItByTheirType() {
        assertThat(Errnos.of(new NoSuchFileException("/f"))).isEqualTo(Errno.ENOENT);
        assertThat(Errnos.of(new AccessDeniedException("/f"))).isEqualTo(Errno.EACCES);
        assertThat(Errnos.of(new AccessDeniedException("/f", null, "Operation not permitted")))
                .isEqualTo(Errno.EPERM);
        assertThat(Errnos.of(new IOException())).isEqualTo(Errno.OTHER);
    }
}
