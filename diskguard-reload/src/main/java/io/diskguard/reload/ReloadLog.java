/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reload;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Says in the log what becomes of changes. Stateless. */
final class ReloadLog implements ReloadListener {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigReloader.class);
    private static final int MOST_LINES = 10;

    /** One message. */
    record Message(Level level, String text) {}

    @Override
    public void reloaded(Reload reload) {
        messages(reload).forEach(message -> LOG.atLevel(message.level()).log(message.text()));
    }

    static List<Message> messages(Reload reload) {
        var start = "configuration " + reload.number();
        var took = "; took " + reload.took().toMillis() + " ms";
        var all = new ArrayList<Message>();
        switch (reload.result()) {
            case APPLIED -> {
                var live = reload.changes().stream().filter(KeyChange::live).toList();
                var waiting = reload.changes().stream().filter(it -> !it.live()).toList();
                if (!live.isEmpty()) {
                    all.add(new Message(Level.INFO, start + " applied: " + ConfigLines.of(live) + took));
                }
                if (!waiting.isEmpty()) {
                    all.add(new Message(Level.WARN, start + " waits for a restart: " + ConfigLines.of(waiting)));
                }
            }
            case UNCHANGED ->
                all.add(new Message(
                        Level.INFO,
                        start + " means what is in force already (" + String.join(", ", reload.sources()) + ")"
                                + took));
            case REJECTED ->
                all.add(new Message(Level.WARN, start + " rejected, what was in force goes on:" + problems(reload)));
            case ROLLED_BACK ->
                all.add(new Message(
                        Level.ERROR,
                        start + " rolled back, what was in force goes on: " + reload.reason() + "; it was to be "
                                + ConfigLines.of(reload.changes()) + took));
        }
        reload.warnings().forEach(warning -> all.add(new Message(Level.WARN, start + ": " + warning)));
        return all;
    }

    private static String problems(Reload reload) {
        var shown = reload.problems().stream().limit(MOST_LINES).toList();
        var left = reload.problemCount() - shown.size();
        return shown.stream().map(ConfigLines::of).collect(Collectors.joining("\n  ", "\n  ", ""))
                + (left > 0 ? "\n  and " + left + " more" : "");
    }
}
