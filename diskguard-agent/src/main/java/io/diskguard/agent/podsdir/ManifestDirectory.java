/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.podsdir;

import io.diskguard.model.Pod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The manifests of one directory as last read. Content decides, not time stamps. Not thread-safe. */
final class ManifestDirectory {
    static final int MAX_BYTES = 1 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(ManifestPodSource.class);
    private static final Pattern MANIFEST = Pattern.compile("[^.#~].*\\.(yaml|yml|json)");

    private final Path directory;
    private final ManifestReader reader = new ManifestReader();
    private final Map<String, ManifestFile> files = new TreeMap<>();
    private Optional<String> unreadable = Optional.empty();
    private Map<String, String> duplicates = Map.of();

    ManifestDirectory(Path directory) {
        this.directory = directory;
    }

    /** Reads what changed; false if the directory cannot be listed, and then what was known stays. */
    boolean refresh() {
        List<Path> present;
        try {
            present = list();
        } catch (IOException e) {
            complainOnce(e);
            return false;
        }
        if (unreadable.isPresent()) {
            LOG.info("pod manifest directory {} is there", directory);
            unreadable = Optional.empty();
        }
        files.keySet().retainAll(present.stream().map(ManifestDirectory::nameOf).toList());
        present.forEach(this::read);
        return true;
    }

    /** Why the directory cannot be listed. */
    Optional<String> unreadable() {
        return unreadable;
    }

    /** All pods by uid; where two files name one uid, the first file by name holds. */
    Map<String, Pod> pods() {
        var pods = new LinkedHashMap<String, Pod>();
        var holder = new LinkedHashMap<String, String>();
        var twice = new LinkedHashMap<String, String>();
        files.forEach((name, file) -> file.lastGood().forEach(pod -> {
            var first = holder.putIfAbsent(pod.uid(), name);
            if (first == null) {
                pods.put(pod.uid(), pod);
            } else {
                twice.put(
                        name + " " + pod.uid(),
                        "pod uid " + pod.uid() + " is in " + first + " and in " + name + "; " + first + " holds");
            }
        }));
        twice.forEach((key, message) -> {
            if (!duplicates.containsKey(key)) {
                LOG.error("{}: {}", directory, message);
            }
        });
        duplicates = twice;
        return pods;
    }

    /** Whether every file was valid once: one that never was may hold any pod. */
    boolean isComplete() {
        return files.values().stream().allMatch(file -> file.good().isPresent());
    }

    /** What is wrong now, a line for each file or uid. */
    List<String> problems() {
        var problems = new ArrayList<String>();
        files.forEach((name, file) -> file.problem().ifPresent(what -> problems.add(name + ": " + what)));
        problems.addAll(duplicates.values());
        return problems;
    }

    /** Whether a file is invalid that may still be being written, so that it was not complained about yet. */
    boolean hasUnconfirmed() {
        return files.values().stream().anyMatch(file -> !file.reported());
    }

    private List<Path> list() throws IOException {
        try (var entries = Files.list(directory)) {
            return entries.filter(path -> MANIFEST.matcher(nameOf(path)).matches() && !Files.isDirectory(path))
                    .sorted()
                    .toList();
        }
    }

    private void read(Path path) {
        var name = nameOf(path);
        var known = files.getOrDefault(name, ManifestFile.NEW);
        try {
            files.put(name, next(path, name, known));
        } catch (NoSuchFileException e) {
            files.remove(name);
        } catch (IOException e) {
            files.put(name, confirm(path, known, known.bad(new byte[0], "cannot be read: " + e)));
        }
    }

    private ManifestFile next(Path path, String name, ManifestFile known) throws IOException {
        var size = Files.size(path);
        if (size > MAX_BYTES) {
            var what = "is " + size + " bytes long, more than " + MAX_BYTES + ", and was not read";
            return confirm(path, known, known.bad(new byte[0], what));
        }
        var content = Files.readAllBytes(path);
        if (known.holds(content)) {
            return confirm(path, known, known);
        }
        try {
            return known.good(content, reader.read(name, content));
        } catch (ManifestException e) {
            return known.bad(content, String.valueOf(e.getMessage()));
        }
    }

    /** A second look at the same content tells an invalid file from one that is being written. */
    private static ManifestFile confirm(Path path, ManifestFile known, ManifestFile now) {
        if (now != known || now.reported()) {
            return now;
        }
        LOG.error(
                "{}: {}; its last valid pods ({}) hold",
                path,
                now.problem().orElse("invalid"),
                now.lastGood().size());
        return now.asReported();
    }

    private void complainOnce(IOException e) {
        var missing = e instanceof NoSuchFileException;
        var reason = "pod manifest directory " + directory + (missing ? " does not exist" : " cannot be read: " + e);
        if (!unreadable.equals(Optional.of(reason))) {
            LOG.error("{}; {}", reason, files.isEmpty() ? "no pod is known" : "the pods last read hold");
            unreadable = Optional.of(reason);
        }
    }

    private static String nameOf(Path path) {
        return String.valueOf(path.getFileName());
    }
}
