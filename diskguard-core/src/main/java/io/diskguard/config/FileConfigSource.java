/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.util.Optional;

/**
 * A file in JSON ({@code .json}) or YAML ({@code .yaml}, {@code .yml}); of another name, what begins with a brace is JSON. At
 * most 1 MiB. YAML needs {@code com.fasterxml.jackson.dataformat:jackson-dataformat-yaml}. Immutable; thread-safe: every
 * snapshot reads the file anew.
 */
public final class FileConfigSource implements ConfigSource {
    /** Below the environment. */
    public static final int ORDER = 100;

    private static final int MAX_BYTES = 1 << 20;
    private static final String WHOLE_FILE = "*";

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
                return unreadable("a file of at most 1 MiB");
            }
            var root = parse(read());
            return root.isObject()
                    ? values(root)
                    : unreadable("keys and values at the top, such as \"data_mount: /data\", not "
                            + (root.isMissingNode() || root.isNull() ? "an empty file" : "a list or a single value"));
        } catch (NoClassDefFoundError e) {
            return unreadable("a JSON file, or for YAML the artifact"
                    + " com.fasterxml.jackson.dataformat:jackson-dataformat-yaml on the class path");
        } catch (CharacterCodingException e) {
            return unreadable("text in UTF-8");
        } catch (JsonProcessingException e) {
            return unreadable("well-formed " + (isJson("") ? "JSON" : "JSON or YAML") + ": " + describe(e));
        } catch (NoSuchFileException e) {
            return unreadable("a file that exists");
        } catch (AccessDeniedException e) {
            return unreadable("a file that this process may read");
        } catch (IOException | RuntimeException e) {
            return unreadable("a file that can be read: " + e);
        }
    }

    /** Never calls back: this source is read when the configuration is loaded, a change of the file is not watched. */
    @Override
    public void onChange(Runnable changed) {}

    @Override
    public void close() {}

    private String read() throws IOException {
        try (var in = Files.newInputStream(file)) {
            var bytes = in.readNBytes(MAX_BYTES);
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\ufeff") ? text.substring(1) : text;
        }
    }

    private JsonNode parse(String text) throws IOException {
        var mapper = isJson(text) ? new ObjectMapper() : YamlMapper.create();
        mapper.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
        mapper.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
        return mapper.readTree(text);
    }

    private boolean isJson(String text) {
        var name = file.toString();
        return name.endsWith(".json")
                || !name.endsWith(".yaml")
                        && !name.endsWith(".yml")
                        && text.stripLeading().startsWith("{");
    }

    private Snapshot values(JsonNode root) {
        var values = new LinkedHashMap<String, Value>();
        var problems = new ArrayList<Problem>();
        root.properties().forEach(entry -> {
            var key = entry.getKey();
            var missing = new ArrayList<String>();
            var value = value(entry.getValue(), missing);
            if (value.isEmpty()) {
                problems.add(new Problem(key, "", file.toString(), "a value; leave the key out for its default"));
            } else if (missing.isEmpty()) {
                values.put(key, new Value(value.get(), file.toString()));
            } else {
                var expected = "environment variables that are set, or a default as in ${NAME:default}; not set: "
                        + String.join(", ", missing);
                problems.add(new Problem(key, String.valueOf(value.get()), file.toString(), expected));
            }
        });
        return new Snapshot(values, problems);
    }

    /** Empty for null, also within a list: it would be lost there. */
    private Optional<Object> value(JsonNode node, List<String> missing) {
        if (node.isTextual()) {
            var replaced = placeholders.replace(node.textValue());
            missing.addAll(replaced.missing());
            return Optional.of(replaced.text());
        }
        if (node.isArray()) {
            var list = new ArrayList<>();
            for (var element : node) {
                var value = value(element, missing);
                if (value.isEmpty()) {
                    return Optional.empty();
                }
                list.add(value.get());
            }
            return Optional.of(List.copyOf(list));
        }
        if (node.isObject()) {
            var map = new LinkedHashMap<String, Object>();
            node.properties()
                    .forEach(entry -> value(entry.getValue(), missing).ifPresent(it -> map.put(entry.getKey(), it)));
            return Optional.of(Map.copyOf(map));
        }
        return node.isNull()
                ? Optional.empty()
                : Optional.of(node.isBoolean() ? node.booleanValue() : node.numberValue());
    }

    private Snapshot unreadable(String expected) {
        return new Snapshot(Map.of(), List.of(new Problem(WHOLE_FILE, "", file.toString(), expected)));
    }

    private static String describe(JsonProcessingException e) {
        var at = Optional.ofNullable(e.getLocation())
                .map(location -> " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")");
        return e.getOriginalMessage().replaceAll("\\s+", " ") + at.orElse("");
    }
}
