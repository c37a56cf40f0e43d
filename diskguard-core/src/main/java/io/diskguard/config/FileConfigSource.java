/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.diskguard.config.Documents.Document;
import io.diskguard.config.Documents.Entry;
import io.diskguard.spi.ConfigSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A file in JSON ({@code .json}) or YAML ({@code .yaml}, {@code .yml}); of another name, what begins with a brace is JSON. At
 * most 1 MiB. YAML needs {@code com.fasterxml.jackson.dataformat:jackson-dataformat-yaml}. Immutable; thread-safe: every
 * snapshot reads the file anew.
 */
public final class FileConfigSource implements ConfigSource {
    /** Below the environment. */
    public static final int ORDER = 100;

    static final int MAX_BYTES = 1 << 20;

    private static final String WHOLE_FILE = "*";
    private static final String TOO_LONG = "a file of at most 1 MiB";

    private final Path file;
    private final Placeholders placeholders;

    /** @param variables what {@code ${NAME}} in a value is replaced from */
    public FileConfigSource(Path file, Map<String, String> variables) {
        this.file = file;
        this.placeholders = new Placeholders(Map.copyOf(variables));
    }

    @Override
    public int order() {
        return ORDER;
    }

    @Override
    public Snapshot snapshot() {
        try {
            if (Files.size(file) > MAX_BYTES) {
                return unreadable(TOO_LONG);
            }
            var text = read();
            var document = Documents.read(text, isJson(text));
            return document instanceof Document.Keys keys
                    ? values(keys)
                    : unreadable("keys and values at the top, such as \"data_mount: /data\", not "
                            + ((Document.Other) document).what());
        } catch (NoClassDefFoundError e) {
            return unreadable("a JSON file, or for YAML the artifact"
                    + " com.fasterxml.jackson.dataformat:jackson-dataformat-yaml on the class path");
        } catch (CharacterCodingException e) {
            return unreadable("text in UTF-8");
        } catch (JsonProcessingException e) {
            var syntax = Syntax.of(e);
            return unreadable(syntax.origin(file.toString()), syntax.expected(isJson("")));
        } catch (NoSuchFileException e) {
            return unreadable("a file that exists");
        } catch (AccessDeniedException e) {
            return unreadable("a file that this process may read");
        } catch (IOException | RuntimeException e) {
            return unreadable("a file that can be read: " + Shown.of(e));
        }
    }

    /** Never calls back: this source is read when the configuration is loaded, a change of the file is not watched. */
    @Override
    public void onChange(Runnable changed) {}

    @Override
    public void close() {}

    private String read() throws IOException {
        try (var in = Files.newInputStream(file)) {
            // a file may grow, and those of special file systems have no size
            var bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new IOException(TOO_LONG);
            }
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\ufeff") ? text.substring(1) : text;
        }
    }

    private boolean isJson(String text) {
        var name = file.toString();
        return name.endsWith(".json")
                || !name.endsWith(".yaml")
                        && !name.endsWith(".yml")
                        && text.stripLeading().startsWith("{");
    }

    private Snapshot values(Document.Keys keys) {
        var values = new LinkedHashMap<String, Value>();
        var problems = new ArrayList<Problem>();
        keys.entries().forEach((key, entry) -> {
            var origin = origin(entry);
            var filled = new FilledValue(entry.value(), placeholders);
            if (filled.flaws().isEmpty()) {
                values.put(key, new Value(filled.value(), origin));
            }
            filled.flaws()
                    .forEach(flaw -> problems.add(new Problem(
                            Shown.name(key) + flaw.path(), Shown.unknown(key, flaw.value()), origin, flaw.expected())));
        });
        return new Snapshot(values, problems);
    }

    private String origin(Entry entry) {
        return file + " line " + entry.line();
    }

    private Snapshot unreadable(String expected) {
        return unreadable(file.toString(), expected);
    }

    private static Snapshot unreadable(String origin, String expected) {
        return new Snapshot(Map.of(), List.of(new Problem(WHOLE_FILE, "", origin, expected)));
    }
}
