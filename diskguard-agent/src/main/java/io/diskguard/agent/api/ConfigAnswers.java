/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.api;

import io.diskguard.config.ConfigKeys;
import io.diskguard.config.ConfigWarning;
import io.diskguard.reload.ConfigLines;
import io.diskguard.reload.ConfigReloader;
import io.diskguard.reload.ConfigStatus;
import io.diskguard.reload.KeyChange;
import io.diskguard.reload.Reload;
import io.diskguard.spi.ConfigSource.Problem;
import io.diskguard.spi.ConfigSource.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code config}: what is in force, and what became of changes. Thread-safe. */
final class ConfigAnswers {
    private final ConfigReloader configuration;

    ConfigAnswers(ConfigReloader configuration) {
        this.configuration = configuration;
    }

    Reply now() {
        return Reply.one(configuration.status(), (json, it) -> json.object("status", it, ConfigAnswers::status)
                .list("keys", it.inForce().effective().entrySet(), ConfigAnswers::key));
    }

    Reply history() {
        var all = new ArrayList<>(configuration.history());
        Collections.reverse(all);
        return Reply.many(all, ConfigAnswers::reload);
    }

    private static void status(Json json, ConfigStatus it) throws IOException {
        var last = it.last();
        json.put("result", result(last))
                .put("good", last.isGood())
                .put("at", last.at())
                .put("since", it.since())
                .put("message", message(last))
                .list("problems", last.problems(), ConfigAnswers::problem)
                .put("problem_count", last.problemCount())
                .list("warnings", it.inForce().warnings(), ConfigAnswers::warning)
                .list("waiting", it.waiting(), ConfigAnswers::change);
    }

    /** Shown as a key shows it: never a secret. */
    private static void key(Json json, Map.Entry<String, Value> entry) throws IOException {
        var key = ConfigKeys.find(entry.getKey()).orElseThrow();
        json.put("key", key.name())
                .put("value", key.show(entry.getValue().value()))
                .put("origin", entry.getValue().origin());
        if (key.defaultText().isPresent()) {
            json.put("default", key.defaultText().get());
        }
        json.put("live", key.isLive());
        if (!key.unit().isEmpty()) {
            json.put("unit", key.unit());
        }
        json.put("meaning", key.meaning());
    }

    private static void reload(Json json, Reload it) throws IOException {
        json.put("number", it.number())
                .put("at", it.at())
                .put("result", result(it))
                .put("took_ms", it.took().toMillis())
                .put("message", message(it))
                .texts("sources", it.sources())
                .list("changes", it.changes(), ConfigAnswers::change);
    }

    private static void change(Json json, KeyChange it) throws IOException {
        json.put("key", it.key())
                .put("before", it.before())
                .put("after", it.after())
                .put("origin", it.origin())
                .put("live", it.live());
    }

    private static void problem(Json json, Problem it) throws IOException {
        json.put("key", it.key())
                .put("value", it.value())
                .put("origin", it.origin())
                .put("expected", it.expected());
    }

    private static void warning(Json json, ConfigWarning it) throws IOException {
        json.put("key", it.key()).put("origin", it.origin()).put("message", it.message());
    }

    private static String result(Reload it) {
        return it.number() == 0 ? "started" : it.result().name().toLowerCase(Locale.ROOT);
    }

    /** Why it is not in force. */
    private static String message(Reload it) {
        if (!it.reason().isEmpty() || it.problems().isEmpty()) {
            return it.reason();
        }
        var more = it.problemCount() - it.problems().size();
        return it.problems().stream().map(ConfigLines::of).collect(Collectors.joining("; "))
                + (more > 0 ? "; and " + more + " more" : "");
    }
}
