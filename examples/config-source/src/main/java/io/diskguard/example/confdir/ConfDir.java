/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.example.confdir;

import io.diskguard.spi.ConfigSource.Problem;
import io.diskguard.spi.ConfigSource.Snapshot;
import io.diskguard.spi.ConfigSource.Value;
import io.diskguard.watch.FileState;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads a directory: the name of a file is a key, its content the value. Immutable. */
record ConfDir(Path directory) {
    private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9]*(_[a-z0-9]+)*");
    private static final int MAX_BYTES = 64 << 10;
    private static final int TRIES = 5;

    /** What stood in it twice running: the files of a ConfigMap are exchanged together, but read one by one. */
    Snapshot read() {
        var last = once();
        for (var i = 0; i < TRIES; i++) {
            var again = once();
            if (again.equals(last)) {
                return last;
            }
            last = again;
        }
        return wrong("a directory that does not change all the time");
    }

    private Snapshot once() {
        var values = new TreeMap<String, Value>();
        var problems = new ArrayList<Problem>();
        try (var files = Files.newDirectoryStream(directory, ConfDir::isMeant)) {
            for (var file : files) {
                read(file, values, problems);
            }
        } catch (IOException | DirectoryIteratorException e) {
            return wrong("a directory that can be listed: " + e);
        }
        return new Snapshot(values, problems);
    }

    /** Neither {@code ..data} of a ConfigMap nor what editors leave. */
    private static boolean isMeant(Path file) {
        var name = file.getFileName().toString();
        return !name.startsWith(".") && !name.endsWith("~");
    }

    private static void read(Path file, Map<String, Value> values, List<Problem> problems) {
        var key = file.getFileName().toString();
        if (!KEY.matcher(key).matches()) {
            problems.add(new Problem(key, "", file.toString(), "a file named as a configuration key, like data_mount"));
            return;
        }
        // Behind links, whole, and not while somebody writes it
        var state = FileState.of(file, MAX_BYTES);
        if (state instanceof FileState.Present present) {
            try {
                var text = StandardCharsets.UTF_8.newDecoder().decode(present.content());
                values.put(key, new Value(text.toString().strip(), file.toString()));
            } catch (CharacterCodingException e) {
                problems.add(new Problem(key, "", file.toString(), "text in UTF-8"));
            }
        } else if (!(state instanceof FileState.Absent)) {
            problems.add(new Problem(key, "", file.toString(), "a file of at most 64 KiB that can be read: " + state));
        }
    }

    private Snapshot wrong(String expected) {
        return new Snapshot(Map.of(), List.of(new Problem("*", "", directory.toString(), expected)));
    }
}
