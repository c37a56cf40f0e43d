/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.Map;

/** Texts in JSON and YAML as maps, lists, texts, numbers and booleans. Bounded in depth; whatever the text is. */
final class Documents {
    private static final StreamReadConstraints CONSTRAINTS = StreamReadConstraints.builder()
            .maxNestingDepth(32)
            .maxStringLength(FileConfigSource.MAX_BYTES)
            .maxNameLength(1000)
            .maxNumberLength(200)
            .build();

    // SnakeYAML copies the rest of a line for each 1024 characters of it: a line of 1 MiB took the agent's small heap
    // 40 s.
    private static final int LONGEST_LINE = 1 << 16;

    private Documents() {}

    /**
     * The keys of a whole file, in their order.
     *
     * @throws IOException if it is not well-formed
     */
    static Parsed<Map<String, Entry>> read(String text, boolean isJson) throws IOException {
        if (!isJson && text.lines().anyMatch(line -> line.length() > LONGEST_LINE)) {
            return Parsed.invalid("", "lines of at most 64 KiB, as this is not JSON");
        }
        var factory = isJson ? json() : YamlMapper.factory(CONSTRAINTS);
        try (var parser = factory.createParser(text)) {
            return new DocumentReader(parser, isJson ? it -> false : YamlMapper::isAlias).document();
        }
    }

    /** A list or map that somebody wrote as text; the text itself where it is none. */
    static Object json(String text) {
        try (var parser = json().createParser(text)) {
            return new DocumentReader(parser, it -> false).value();
        } catch (IOException e) {
            return text;
        }
    }

    private static JsonFactory json() {
        return JsonFactory.builder()
                .streamReadConstraints(CONSTRAINTS)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
    }

    /**
     * The value of a key; {@link Nothing} stands for null, in lists and maps too.
     *
     * @param line from 1
     */
    record Entry(Object value, int line) {}

    /** Null. */
    enum Nothing {
        NULL;

        @Override
        public String toString() {
            return "null";
        }
    }
}
