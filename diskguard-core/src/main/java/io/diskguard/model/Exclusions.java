/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.model;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which pods and containers are never written. Immutable.
 *
 * @param namespaces pods in one of them
 * @param labels pods that it matches; empty: none
 * @param keywords containers whose image or name contains one
 * @param regexps containers in whose image, name, or {@code namespace/pod/container} one is found
 */
public record Exclusions(
        Set<String> namespaces, Optional<LabelSelector> labels, List<String> keywords, List<Pattern> regexps) {
    /** Excludes nobody. */
    public static final Exclusions NONE = new Exclusions(Set.of(), Optional.empty(), List.of(), List.of());

    /** @throws IllegalArgumentException if a keyword is empty: it would exclude everybody */
    public Exclusions {
        namespaces = Set.copyOf(namespaces);
        keywords = List.copyOf(keywords);
        regexps = List.copyOf(regexps);
        if (keywords.contains("")) {
            throw new IllegalArgumentException("an empty keyword would exclude every container");
        }
    }
}
