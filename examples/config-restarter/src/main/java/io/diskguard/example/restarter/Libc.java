/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.example.restarter;

import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;

/** What the JDK has no word for; the numbers are Linux's, on x86 and ARM. */
final class Libc {
    static final int EINTR = 4;
    static final int ECHILD = 10;
    static final int ESRCH = 3;
    static final int ENOENT = 2;
    static final int SIGCHLD = 17;

    static final int PR_SET_CHILD_SUBREAPER = 36;
    static final int F_SETFD = 2;
    static final int FD_CLOEXEC = 1;

    static final short POSIX_SPAWN_SETPGROUP = 0x02;
    static final short POSIX_SPAWN_SETSIGDEF = 0x04;
    static final short POSIX_SPAWN_SETSIGMASK = 0x08;

    static {
        Native.register("c");
    }

    private Libc() {}

    static native int posix_spawnp(
            IntByReference process,
            Pointer file,
            Pointer actions,
            Pointer attributes,
            Pointer arguments,
            Pointer environment);

    static native int posix_spawnattr_init(Pointer attributes);

    static native int posix_spawnattr_destroy(Pointer attributes);

    static native int posix_spawnattr_setflags(Pointer attributes, short flags);

    static native int posix_spawnattr_setpgroup(Pointer attributes, int group);

    static native int posix_spawnattr_setsigdefault(Pointer attributes, Pointer signals);

    static native int posix_spawnattr_setsigmask(Pointer attributes, Pointer signals);

    static native int sigemptyset(Pointer signals);

    static native int sigfillset(Pointer signals);

    static native Pointer signal(int signal, Pointer handler);

    static native int waitpid(int process, IntByReference status, int options);

    static native int kill(int process, int signal);

    static native int fcntl(int file, int command, int argument);

    static native int prctl(int option, NativeLong a, NativeLong b, NativeLong c, NativeLong d);

    static native String strerror(int error);
}
