/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.doctor;

import io.diskguard.agent.node.StateLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Whether {@code state_dir} can be written, and whether an agent holds it. Takes no lock itself: that could end an agent's start. */
final class StateDirCheck implements Check {
    @Override
    public String id() {
        return "state-dir";
    }

    @Override
    public String name() {
        return "state directory";
    }

    @Override
    public List<Finding> look(Subject node) {
        var directory = node.config().stateDir();
        var tried = "looked at state_dir " + directory;
        if (!Files.isDirectory(directory)) {
            return List.of(missing(directory, tried));
        }
        if (!Files.isWritable(directory)) {
            return List.of(Finding.wrong(
                    this,
                    tried,
                    "it cannot be written",
                    "mount a directory of the host there (hostPath, not read-only): what is kept in it survives a"
                            + " restart, and it keeps a second agent away"));
        }
        var holder = holder(node.environment().paths().proc(), directory.resolve(StateLock.FILE));
        return List.of(Finding.ok(
                this,
                tried,
                holder.map(process -> "it can be written; an agent holds it, process " + process)
                        .orElse("it can be written, and no agent holds it")));
    }

    private Finding missing(Path directory, String tried) {
        var parent = directory.getParent();
        while (parent != null && !Files.exists(parent)) {
            parent = parent.getParent();
        }
        if (parent != null && Files.isDirectory(parent) && !Files.isExecutable(parent)) {
            return Finding.wrong(
                    this,
                    tried,
                    "it cannot be seen from here: " + parent + " lets this user not in",
                    "run doctor as the user that the agent runs as, root");
        }
        return parent != null && Files.isDirectory(parent) && Files.isWritable(parent)
                ? Finding.ok(this, tried, "it is not there; the agent makes it in " + parent)
                : Finding.wrong(
                        this,
                        tried,
                        "it is not there, and cannot be made in " + parent,
                        "mount a directory of the host there, or set state_dir");
    }

    /** Which process has a lock on the file, by {@code /proc/locks} (proc_locks(5)); it names files by device and inode. */
    private static Optional<String> holder(Path proc, Path file) {
        try {
            var inode = ":" + Files.getAttribute(file, "unix:ino");
            return Files.readAllLines(proc.resolve("locks")).stream()
                    .map(line -> line.trim().split("\\s+"))
                    .filter(words -> words.length > 5 && words[5].endsWith(inode))
                    .map(words -> words[4])
                    .findFirst();
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
