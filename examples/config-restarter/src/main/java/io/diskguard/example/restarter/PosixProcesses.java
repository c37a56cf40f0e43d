/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.example.restarter;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import com.sun.jna.StringArray;
import com.sun.jna.ptr.IntByReference;
import java.util.List;

/**
 * Children by posix_spawn(3): a JVM must not fork, and the JDK's own way knows no process groups and has a thread that would reap
 * beside ours.
 */
final class PosixProcesses implements Processes {
    /** Larger than a posix_spawnattr_t or sigset_t of any C library. */
    private static final int STRUCTURE = 1024;
    /** Files above are not closed in the child; a JVM this small has not a tenth of them. */
    private static final int FILES = 1024;

    private final Reaper reaper;

    /** Takes over the orphans below this process from now on, as process 1 does anyway. */
    PosixProcesses(Reaper reaper) {
        this.reaper = reaper;
        var zero = new NativeLong(0);
        Libc.prctl(Libc.PR_SET_CHILD_SUBREAPER, new NativeLong(1), zero, zero, zero);
        Libc.signal(Libc.SIGCHLD, Pointer.NULL); // Where it is inherited as ignored, the kernel forgets exit codes
    }

    @Override
    public int start(List<String> command) throws CannotStartException {
        keepFilesFromChild();
        var process = new IntByReference();
        var arguments = new StringArray(
                command.toArray(String[]::new),
                System.getProperty("sun.jnu.encoding", Native.getDefaultStringEncoding()));
        var environment =
                NativeLibrary.getProcess().getGlobalVariableAddress("environ").getPointer(0);
        int error;
        try (var attributes = new Memory(STRUCTURE);
                var signals = new Memory(STRUCTURE)) {
            Libc.posix_spawnattr_init(attributes);
            Libc.posix_spawnattr_setflags(attributes, (short)
                    (Libc.POSIX_SPAWN_SETPGROUP | Libc.POSIX_SPAWN_SETSIGDEF | Libc.POSIX_SPAWN_SETSIGMASK));
            Libc.posix_spawnattr_setpgroup(attributes, 0);
            Libc.sigfillset(signals);
            Libc.posix_spawnattr_setsigdefault(attributes, signals);
            Libc.sigemptyset(signals);
            Libc.posix_spawnattr_setsigmask(attributes, signals);
            error = Libc.posix_spawnp(
                    process, arguments.getPointer(0), Pointer.NULL, attributes, arguments, environment);
            Libc.posix_spawnattr_destroy(attributes);
        }
        if (error != 0) {
            throw new CannotStartException(Libc.strerror(error), error == Libc.ENOENT ? 127 : 126);
        }
        reaper.started();
        return process.getValue();
    }

    /** The JVM opens some, such as those of the file watch, without close-on-exec. */
    private static void keepFilesFromChild() {
        for (var file = 3; file < FILES; file++) {
            Libc.fcntl(file, Libc.F_SETFD, Libc.FD_CLOEXEC);
        }
    }

    @Override
    public boolean signalGroup(int group, int signal) {
        return Libc.kill(-group, signal) == 0 || Native.getLastError() != Libc.ESRCH;
    }

    @Override
    public void signal(int process, int signal) {
        Libc.kill(process, signal);
    }

    @Override
    public boolean isGroupThere(int group) {
        return signalGroup(group, 0);
    }
}
