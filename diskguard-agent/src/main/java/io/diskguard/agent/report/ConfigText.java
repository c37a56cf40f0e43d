/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.report;

import io.diskguard.config.ConfigKey;
import io.diskguard.config.ConfigKeys;
import io.diskguard.config.ConfigResult;
import io.diskguard.config.ConfigWarning;
import io.diskguard.spi.ConfigSource.Problem;
import io.diskguard.spi.ConfigSource.Value;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What came of reading the configuration, for a person or a program. Immutable.
 *
 * @param changedOnly without the keys that have their default because nobody says otherwise
 */
public record ConfigText(ConfigResult result, boolean changedOnly) {
    private static final String DEFAULT = "default";

    /** Warnings, then every key in force; nothing of what is not valid. */
    public String text() {
        if (!(result instanceof ConfigResult.Valid valid)) {
            return "";
        }
        var text = new StringBuilder();
        valid.warnings()
                .forEach(warning -> text.append("warning: ").append(warning).append('\n'));
        if (!valid.warnings().isEmpty()) {
            text.append('\n');
        }
        var table = new TextTable("KEY", "VALUE", "ORIGIN");
        shown(valid).forEach((key, value) -> table.row(key, shown(key, value), value.origin()));
        return text.append(table).toString();
    }

    public String json() {
        var object = new LinkedHashMap<String, Object>();
        if (result instanceof ConfigResult.Valid valid) {
            object.put("valid", true);
            object.put(
                    "warnings",
                    valid.warnings().stream().map(ConfigText::warning).toList());
            var config = new LinkedHashMap<String, Object>();
            shown(valid)
                    .forEach((key, value) ->
                            config.put(key, Map.of("value", raw(key, value), "origin", value.origin())));
            object.put("config", config);
        } else {
            object.put("valid", false);
            object.put(
                    "problems",
                    ((ConfigResult.Invalid) result)
                            .problems().stream().map(ConfigText::problem).toList());
        }
        return Json.pretty(object);
    }

    private Map<String, Value> shown(ConfigResult.Valid valid) {
        var shown = new LinkedHashMap<>(valid.effective());
        shown.values().removeIf(value -> changedOnly && value.origin().equals(DEFAULT));
        return shown;
    }

    private static String shown(String name, Value value) {
        return ConfigKeys.find(name)
                .map((ConfigKey<?> key) -> key.show(value.value()))
                .orElse("");
    }

    /** As it was written, so that a program can go on with it. */
    private static Object raw(String name, Value value) {
        return ConfigKeys.find(name).filter(ConfigKey::isSecret).isPresent() ? shown(name, value) : value.value();
    }

    private static Map<String, String> warning(ConfigWarning warning) {
        var object = new LinkedHashMap<String, String>();
        object.put("key", warning.key());
        object.put("origin", warning.origin());
        object.put("message", warning.message());
        return object;
    }

    private static Map<String, String> problem(Problem problem) {
        var object = new LinkedHashMap<String, String>();
        object.put("key", problem.key());
        object.put("value", problem.value());
        object.put("origin", problem.origin());
        object.put("expected", problem.expected());
        return object;
    }
}
