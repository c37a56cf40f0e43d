/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.config;

import static io.diskguard.config.ConfigKey.of;

import io.diskguard.model.Exclusions;
import io.diskguard.model.LabelSelector;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Who is never limited. */
final class ExclusionKeys {
    static final ConfigKey<List<String>> KEYWORDS = of(
                    "exclude_keywords",
                    Types.TEXT.list("a list of texts that are not empty", true),
                    "containers in whose image or name one of them is contained")
            .withDefault("pause,istio-proxy,psmdb,kube-system,koordinator,apisix");
    static final ConfigKey<List<String>> NAMESPACES = of(
                    "exclude_namespaces", Types.NAMESPACE.list("a list of namespaces", true), "pods in one of them")
            .withDefault("kube-system");
    static final ConfigKey<LabelSelector> LABELS = of(
            "exclude_label_selector", Types.SELECTOR, "pods whose labels it matches, as Kubernetes writes selectors");
    static final ConfigKey<List<Pattern>> REGEXPS = of(
            "exclude_regexps",
            Types.REGEXP.list("a list of regular expressions", true),
            "containers in whose image, name or namespace/pod/container one of these regular expressions of Java is found");

    static final KeyGroup GROUP = new KeyGroup(
            "Exclusions",
            "Pods and containers that are never limited. A list replaces the default; an empty list excludes nobody.",
            List.of(KEYWORDS, NAMESPACES, LABELS, REGEXPS));

    private ExclusionKeys() {}

    static Exclusions settings(ConfigValues values) {
        return new Exclusions(
                Set.copyOf(values.get(NAMESPACES)),
                values.find(LABELS),
                values.get(KEYWORDS),
                values.find(REGEXPS).orElse(List.of()));
    }

    static void check(ConfigValues values, Findings findings) {
        for (var regexp : values.find(REGEXPS).orElse(List.of())) {
            if (regexp.matcher("").find()) {
                findings.warn(
                        REGEXPS, "\"" + Shown.of(regexp.pattern()) + "\" is found in every name: nothing is limited");
            }
        }
    }
}
