/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.diskguard.config.Documents.Entry;
import io.diskguard.spi.ConfigSource;
import io.diskguard.spi.Ticker;
import io.diskguard.watch.FileState;
import io.diskguard.watch.FileWatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;

/**
 * A file in JSON ({@code .json}) or YAML ({@code .yaml}, {@code .yml}); of another name, what begins with a brace is JSON. At
 * most 1 MiB. YAML needs {@code com.fasterxml.jackson.dataformat:jackson-dataformat-yaml}. Thread-safe.
 */
public final class FileConfigSource implements ConfigSource {
    /** Below the environment. */
    public static final int ORDER = 100;

    static final int MAX_BYTES = 1 << 20;

    private static final String WHOLE_FILE = "*";

    private final Path file;
    private final Placeholders placeholders;
    private final Optional<FileWatch> watch;

    /**
     * Every snapshot reads the file anew; nobody is ever called back.
     *
     * @param variables what {@code ${NAME}} in a value is replaced from
     */
    public FileConfigSource(Path file, Map<String, String> variables) {
        this(file, variables, Optional.empty());
    }

    private FileConfigSource(Path file, Map<String, String> variables, Optional<FileWatch> watch) {
        this.file = file;
        this.placeholders = new Placeholders(Map.copyOf(variables));
        this.watch = watch;
    }

    /**
     * Follows the file until closed: a snapshot is what was last found to have stayed so, and each change calls back.
     *
     * @param variables what {@code ${NAME}} in a value is replaced from
     * @param settings but for the size, which is that of every source of this kind
     * @see FileWatch#start
     */
    public static FileConfigSource watching(
            Path file,
            Map<String, String> variables,
            FileWatch.Settings settings,
            Ticker ticker,
            ThreadFactory threads) {
        var sized = new FileWatch.Settings(
                settings.debounce(), settings.atMost(), settings.poll(), settings.events(), MAX_BYTES);
        return new FileConfigSource(file, variables, Optional.of(FileWatch.start(file, sized, ticker, threads)));
    }

    @Override
    public int order() {
        return ORDER;
    }

    @Override
    public Snapshot snapshot() {
        var state = watch.isPresent() ? watch.get().state() : FileState.of(file, MAX_BYTES);
        if (state instanceof FileState.Present present) {
            return read(present.content());
        }
        if (state instanceof FileState.Unreadable unreadable) {
            return unreadable("a file that can be read: " + Shown.of(unreadable.reason()));
        }
        return unreadable(state instanceof FileState.Absent ? "a file that exists" : "a file of at most 1 MiB");
    }

    @Override
    public void onChange(Runnable changed) {
        watch.ifPresent(it -> it.onChange(state -> changed.run()));
    }

    @Override
    public void close() {
        watch.ifPresent(FileWatch::close);
    }

    /** The file. */
    @Override
    public String toString() {
        return file.toString();
    }

    private Snapshot read(ByteBuffer content) {
        try {
            var decoded = StandardCharsets.UTF_8.newDecoder().decode(content).toString();
            var text = decoded.startsWith("\ufeff") ? decoded.substring(1) : decoded;
            var document = Documents.read(text, isJson(text));
            return document instanceof Parsed.Invalid<?> invalid
                    ? unreadable(invalid.flaws().get(0).expected())
                    : values(((Parsed.Valid<Map<String, Entry>>) document).value());
        } catch (NoClassDefFoundError e) {
            return unreadable("a JSON file, or for YAML the artifact"
                    + " com.fasterxml.jackson.dataformat:jackson-dataformat-yaml on the class path");
        } catch (CharacterCodingException e) {
            return unreadable("text in UTF-8");
        } catch (JsonProcessingException e) {
            var syntax = Syntax.of(e);
            return unreadable(syntax.origin(file.toString()), syntax.expected(isJson("")));
        } catch (IOException | RuntimeException e) {
            return unreadable("a file that can be read: " + Shown.of(e));
        }
    }

    private boolean isJson(String text) {
        var name = file.toString();
        return name.endsWith(".json")
                || !name.endsWith(".yaml")
                        && !name.endsWith(".yml")
                        && text.stripLeading().startsWith("{");
    }

    private Snapshot values(Map<String, Entry> keys) {
        var values = new LinkedHashMap<String, Value>();
        var problems = new ArrayList<Problem>();
        keys.forEach((key, entry) -> {
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
