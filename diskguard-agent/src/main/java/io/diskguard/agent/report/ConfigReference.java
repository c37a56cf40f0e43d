/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.report;

import io.diskguard.config.ConfigKey;
import io.diskguard.config.ConfigKeys;

/** The page that explains the configuration, made from the same table that it is read with. */
public final class ConfigReference {
    private ConfigReference() {}

    /** {@code docs/configuration.md}: Markdown, ending with a newline. */
    public static String markdown() {
        var page =
                new StringBuilder(ReferenceProse.BEFORE).append("\n## Keys\n\n").append(ReferenceProse.KEYS);
        for (var group : ConfigKeys.groups()) {
            page.append("\n### ").append(group.title()).append("\n\n");
            if (!group.about().isEmpty()) {
                page.append(group.about()).append("\n\n");
            }
            page.append("| key | default | unit | meaning | environment | a change |\n|---|---|---|---|---|---|\n");
            group.keys().forEach(key -> page.append(row(key)));
        }
        return page.append("\n").append(ReferenceProse.AFTER).toString();
    }

    /** A complete file with which nothing is wrong. */
    public static String example() {
        return ReferenceProse.EXAMPLE;
    }

    private static String row(ConfigKey<?> key) {
        return "| `" + key.name() + "`"
                + " | " + key.defaultText().map(text -> "`" + text + "`").orElse("")
                + " | " + key.unit()
                + " | " + escaped(key.meaning()) + ".<br>*" + escaped(key.expected()) + "*"
                + " | `" + key.variable() + "`"
                + " | " + (key.isLive() ? "live" : "restart")
                + " |\n";
    }

    /** As text of a cell: what Markdown would take for itself is spelled so that it does not. */
    private static String escaped(String text) {
        return text.replace("|", "\\|").replace("*", "\\*").replace("<", "&lt;");
    }
}
