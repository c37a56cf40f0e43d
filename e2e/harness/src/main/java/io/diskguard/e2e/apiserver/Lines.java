/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** A file of JSON, one object a line, that a process which is killed leaves complete but for its last line. Thread-safe. */
final class Lines implements AutoCloseable {
    private final OutputStream out;

    /** Appends to what is there, but for a last line that was not finished. */
    Lines(Path file) {
        try {
            if (Files.exists(file)) {
                try (var whole = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    whole.truncate(finished(Files.readAllBytes(file)));
                }
            }
            out = new FileOutputStream(file.toFile(), true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    synchronized void add(JsonNode line) {
        try {
            out.write((Json.write(line) + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is in the file, a last line that was not finished left out; nothing if there is no file. */
    static List<JsonNode> read(Path file) {
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            var text = Files.readString(file);
            var lines = new ArrayList<JsonNode>();
            text.substring(0, text.lastIndexOf('\n') + 1).lines().forEach(line -> lines.add(Json.read(line)));
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int finished(byte[] bytes) {
        var end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        return end;
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
