/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.scenarios.node;

import io.diskguard.e2e.scenarios.machine.Machine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Process 1 of this machine, as an administrator talks to it. */
public final class Systemd {
    private Systemd() {}

    /** {@code systemctl set-property --runtime}. */
    public static void set(String unit, String property) {
        systemctl("set-property", "--runtime", unit, property);
    }

    /** What makes a unit write at most so often to a volume. */
    public static String writesTo(Machine.Volume volume, int perSecond) {
        return "IOWriteIOPSMax=" + volume.node() + " " + perSecond;
    }

    public static void reload() {
        systemctl("daemon-reload");
    }

    /** It starts itself again, with all that it knows. */
    public static void again() {
        systemctl("daemon-reexec");
    }

    static void stop(String unit) {
        systemctl("stop", unit);
    }

    private static void systemctl(String... words) {
        var command = new ArrayList<>(List.of("systemctl"));
        command.addAll(List.of(words));
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            try (var said = process.inputReader()) {
                var all = said.lines().toList();
                if (process.waitFor() != 0) {
                    throw new AssertionError(command + ": " + all);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
