/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.deploy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What a query asks for. Its grammar is promtool's business; this finds names, where promtool would take any. */
final class PromQl {
    private static final Pattern STRING = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");
    private static final Pattern METRIC =
            Pattern.compile("(?<![\\w:$.])([A-Za-z_][\\w:]*)(?:\\{([^}]*)})?(?![\\w:(\\s]*\\()");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_]\\w*)\\s*(?:=~|!~|!=|=)");
    private static final Pattern GROUPING =
            Pattern.compile("\\b(?:by|without|on|ignoring|group_left|group_right)\\s*\\(([^)]*)\\)");
    private static final Pattern RANGE = Pattern.compile("\\[[^\\]]*]|\\boffset\\s+\\w+");
    private static final Set<String> WORDS =
            Set.of("and", "or", "unless", "by", "without", "on", "ignoring", "group_left", "group_right", "bool");

    private PromQl() {}

    /** A selector of series: a metric, and the labels that it is narrowed by. */
    record Selector(String metric, Set<String> labels) {}

    static List<Selector> selectors(String query) {
        var text = RANGE.matcher(GROUPING.matcher(plain(query)).replaceAll(" ")).replaceAll(" ");
        var selectors = new ArrayList<Selector>();
        METRIC.matcher(text).results().forEach(found -> {
            if (!WORDS.contains(found.group(1))) {
                selectors.add(new Selector(found.group(1), labels(found.group(2) == null ? "" : found.group(2))));
            }
        });
        return selectors;
    }

    /** By which series are grouped and joined. */
    static Set<String> groupings(String query) {
        var labels = new TreeSet<String>();
        GROUPING.matcher(plain(query)).results().forEach(found -> {
            for (var label : found.group(1).split(",")) {
                if (!label.isBlank()) {
                    labels.add(label.strip());
                }
            }
        });
        return labels;
    }

    /** As Prometheus gets it from Grafana: with something in the place of each variable. */
    static String withoutVariables(String query) {
        return query.replace("$__rate_interval", "5m").replaceAll("\\$(?:node|namespace|pod)\\b", ".*");
    }

    private static Set<String> labels(String matchers) {
        var labels = new TreeSet<String>();
        LABEL.matcher(matchers).results().forEach(found -> labels.add(found.group(1)));
        return labels;
    }

    private static String plain(String query) {
        return STRING.matcher(query).replaceAll("\"\"");
    }
}
