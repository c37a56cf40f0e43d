/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.annotation;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;

/** From the text of a policy document to its elements. Never throws for what the text is, and never looks at much of it. */
final class PolicyText {
    /** A list of objects of plain values is 2 deep. */
    static final int DEEPEST = 8;

    /** Enough for 256 rules; all annotations of an object together may have 256 KiB. */
    private static final int LONGEST = 64 * 1024;

    /** Enough for 256 rules with every field. */
    private static final int MOST_TOKENS = 8192;

    private static final String A_LIST =
            "a list of rules in YAML or JSON, such as \"- {volume: data, writeIops: 100}\"";

    private static final ObjectReader JSON = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .readerFor(JsonNode.class)
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private PolicyText() {}

    static Parsed parse(String text) {
        if (text.length() > LONGEST) {
            return new Unreadable("at most 64 KiB of text");
        }
        if (text.isBlank()) {
            return new Unreadable(A_LIST);
        }
        if (!text.stripLeading().startsWith("[") && !text.stripLeading().startsWith("{")) {
            return readYaml(text);
        }
        try {
            return list(readJson(text));
        } catch (IOException | RuntimeException e) {
            // a list in brackets may still be YAML; what was read further tells more
            var yaml = readYaml(text);
            var json = Unreadable.because(e);
            return yaml instanceof Unreadable failure && !failure.isFurtherThan(json) ? json : yaml;
        }
    }

    private static Parsed readYaml(String text) {
        try {
            return list(PolicyYaml.parse(text));
        } catch (NoClassDefFoundError e) {
            return new Unreadable("a list of rules in JSON, or for YAML the artifact"
                    + " com.fasterxml.jackson.dataformat:jackson-dataformat-yaml on the class path");
        } catch (IOException | RuntimeException e) {
            return Unreadable.because(e);
        }
    }

    private static JsonNode readJson(String text) throws IOException {
        try (var parser = JSON.createParser(text)) {
            checkSize(parser, () -> {});
        }
        return JSON.readTree(text);
    }

    /** Looks at no more of a document than one of rules may have, before a tree is made of it. */
    static void checkSize(JsonParser parser, Check check) throws IOException {
        for (var tokens = 0; parser.nextToken() != null; tokens++) {
            check.check();
            if (tokens == MOST_TOKENS) {
                throw new JsonParseException(parser, "more than a list of 256 rules can have");
            }
        }
    }

    private static Parsed list(JsonNode root) {
        return root.isArray() ? new Document(root) : new Unreadable(A_LIST);
    }

    /** What else must hold at each token. */
    @FunctionalInterface
    interface Check {
        void check() throws IOException;
    }

    sealed interface Parsed {}

    /** @param rules an array */
    record Document(JsonNode rules) implements Parsed {}

    /**
     * It is none.
     *
     * @param line where it stops being one, from 1; 0 if it cannot be said
     */
    record Unreadable(String expected, int line, int column) implements Parsed {
        Unreadable(String expected) {
            this(expected, 0, 0);
        }

        static Unreadable because(Exception e) {
            if (e instanceof StreamConstraintsException) {
                return new Unreadable(
                        A_LIST + "; this one is nested too deep, or has a number or name of absurd length");
            }
            if (!(e instanceof JsonProcessingException failure)) {
                return new Unreadable(
                        A_LIST + "; it cannot be read: " + Problems.shortened(String.valueOf(e.getMessage())));
            }
            // a YAML parser draws the place over several lines, indented, below each part of what it says
            var words = failure.getOriginalMessage()
                    .lines()
                    .filter(line -> !line.startsWith(" "))
                    .reduce("", (before, line) -> line);
            var at = failure.getLocation();
            return at == null
                    ? new Unreadable(A_LIST + "; " + Problems.shortened(words))
                    : new Unreadable(
                            A_LIST + "; line " + at.getLineNr() + ", column " + at.getColumnNr() + ": "
                                    + Problems.shortened(words),
                            at.getLineNr(),
                            at.getColumnNr());
        }

        boolean isFurtherThan(Unreadable other) {
            return line > other.line || line == other.line && column > other.column;
        }
    }
}
