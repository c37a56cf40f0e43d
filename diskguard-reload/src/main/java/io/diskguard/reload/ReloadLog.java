/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reload;

import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in the log what becomes of changes. Stateless. */
final class ReloadLog implements ReloadListener {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigReloader.class);
    private static final int MOST_LINES = 10;

    @Override
    public void reloaded(Reload reload) {
        var number = reload.number();
        var took = reload.took().toMillis();
        switch (reload.result()) {
            case APPLIED -> applied(reload);
            case UNCHANGED ->
                LOG.info(
                        "configuration {} means what is in force already ({}); took {} ms",
                        number,
                        String.join(", ", reload.sources()),
                        took);
            case REJECTED ->
                LOG.warn(
                        "configuration {} rejected, what was in force goes on; problems: {}{}",
                        number,
                        reload.problemCount(),
                        problems(reload));
            case ROLLED_BACK ->
                LOG.error(
                        "configuration {} rolled back, what was in force goes on: {}; it was to change {}; took {} ms",
                        number,
                        reload.reason(),
                        ConfigLines.of(reload.changes()),
                        took);
        }
        reload.warnings().forEach(warning -> LOG.warn("configuration {}: {}", number, warning));
    }

    private static void applied(Reload reload) {
        var live = reload.changes().stream().filter(KeyChange::live).toList();
        var waiting = reload.changes().stream().filter(it -> !it.live()).toList();
        if (!live.isEmpty()) {
            LOG.info(
                    "configuration {} applied: {}; took {} ms",
                    reload.number(),
                    ConfigLines.of(live),
                    reload.took().toMillis());
        }
        if (!waiting.isEmpty()) {
            LOG.warn("configuration {} waits for a restart with {}", reload.number(), ConfigLines.of(waiting));
        }
    }

    private static String problems(Reload reload) {
        var shown = reload.problems().stream()
                .limit(MOST_LINES)
                .map(ConfigLines::of)
                .collect(Collectors.joining("\n  ", "\n  ", ""));
        var left =
                reload.problemCount() - Math.min(MOST_LINES, reload.problems().size());
        return left > 0 ? shown + "\n  and " + left + " more" : shown;
    }
}
