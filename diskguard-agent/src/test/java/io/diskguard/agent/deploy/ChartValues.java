/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.deploy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.diskguard.config.ConfigKey;
import io.diskguard.config.ConfigKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What the chart has to say of the configuration, made from the table that the agent reads it with. */
final class ChartValues {
    /** Shown as it is, since a map without any key would be none. */
    static final String SHOWN = "on_shutdown";

    /** The file's placeholders stand in place of a value of any type. */
    private static final String OR_PLACEHOLDER = "|\\$\\{";

    private static final String QUANTITY = "\\+?[0-9.]+([numkMGTPE]|[KMGTPE]i|[eE][+-]?[0-9]+)?B?";

    private static final Pattern CONSTANTS = Pattern.compile("[a-z0-9-]+(, [a-z0-9-]+)* or [a-z0-9-]+");

    private ChartValues() {}

    /** The lines of values.yaml about a key. */
    static String lines(ConfigKey<?> key) {
        var notes = new ArrayList<String>();
        if (!key.unit().isEmpty()) {
            notes.add(key.unit());
        }
        if (!key.isLive()) {
            notes.add("restart");
        }
        return "  # " + key.meaning() + (notes.isEmpty() ? "" : " (" + String.join("; ", notes) + ")") + "\n  "
                + (key.name().equals(SHOWN) ? "" : "# ") + key.name() + ":"
                + key.defaultText().map(text -> " " + text).orElse("") + "\n";
    }

    /** The values with the lines of each key as they have to be; those of a new one after those of the key before it. */
    static String mended(String values) {
        var text = values;
        var before = "config:\n";
        for (var key : ConfigKeys.all()) {
            var known = Pattern.compile("(?m)^  # .*\n  (# )?" + key.name() + ":.*\n")
                    .matcher(text);
            text = known.find()
                    ? text.substring(0, known.start()) + lines(key) + text.substring(known.end())
                    : text.replace(before, before + lines(key));
            before = lines(key);
        }
        return text;
    }

    /** What values.schema.json has for {@code config}. */
    static ObjectNode schema() {
        var schema = JsonNodeFactory.instance
                .objectNode()
                .put("description", "The agent's configuration: docs/configuration.md.")
                .put("type", "object")
                .put("additionalProperties", false);
        var properties = schema.putObject("properties");
        ConfigKeys.all().forEach(key -> describe(key, properties.putObject(key.name())));
        return schema;
    }

    private static void describe(ConfigKey<?> key, ObjectNode schema) {
        schema.put("description", key.meaning() + "; " + key.expected());
        var expected = key.expected();
        if (expected.equals("true or false")) {
            types(schema, "boolean", "string").put("pattern", "^(true|false)$" + OR_PLACEHOLDER);
        } else if (CONSTANTS.matcher(expected).matches()) {
            var words = String.join("|", List.of(expected.split(", | or ")));
            schema.put("type", "string").put("pattern", "^(" + words + ")$" + OR_PLACEHOLDER);
        } else if (expected.startsWith("a list")) {
            var structures = expected.startsWith("a list such as") || expected.startsWith("a list, shortest");
            types(schema, "array", "string").putObject("items").put("type", structures ? "object" : "string");
        } else if (expected.matches("a (whole number|fraction|duration|percentage|factor) .*")) {
            types(schema, "number", "string")
                    .put("minimum", 0)
                    .put("pattern", "^ *" + number(expected) + " *$" + OR_PLACEHOLDER);
        } else {
            schema.put("type", "string");
        }
    }

    /** How it may be written: what only looks like it, the agent refuses. */
    private static String number(String expected) {
        if (expected.startsWith("a duration")) {
            return "[0-9][0-9hmins ]*";
        }
        return expected.contains(" a second") ? QUANTITY : "[0-9.]+";
    }

    private static ObjectNode types(ObjectNode schema, String... types) {
        var names = schema.putArray("type");
        for (var type : types) {
            names.add(type);
        }
        return schema;
    }
}
