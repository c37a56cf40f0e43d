/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.filter;

import io.diskguard.model.Container;
import io.diskguard.model.Exclusions;
import io.diskguard.model.Pod;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Says which pods and containers the operator excludes, and why. Immutable; thread-safe. */
public final class PodFilter {
    private static final int LONGEST_SHOWN = 200;

    private final Exclusions exclusions;

    public PodFilter(Exclusions exclusions) {
        this.exclusions = exclusions;
    }

    /**
     * Why the pod is excluded with all its containers: the configuration key and what matched
     * ({@code exclude_namespaces: kube-system}); empty if it is not.
     */
    public Optional<String> excludes(Pod pod) {
        if (exclusions.namespaces().contains(pod.namespace())) {
            return Optional.of("exclude_namespaces: " + pod.namespace());
        }
        return exclusions
                .labels()
                .filter(selector -> selector.matches(pod.labels()))
                .map(selector -> "exclude_label_selector: " + selector);
    }

    /** Why this container of the pod is excluded, by itself or with its pod; empty if it is not. */
    public Optional<String> excludes(Pod pod, Container container) {
        return excludes(pod).or(() -> byKeyword(container)).or(() -> byRegexp(pod, container));
    }

    /** Whether all containers of the pod are excluded, or none is. */
    public boolean isUniform(Pod pod) {
        if (exclusions.keywords().isEmpty() && exclusions.regexps().isEmpty()
                || excludes(pod).isPresent()) {
            return true;
        }
        return pod.containers().stream()
                        .map(container -> excludes(pod, container).isPresent())
                        .distinct()
                        .count()
                <= 1;
    }

    private Optional<String> byKeyword(Container container) {
        for (var keyword : exclusions.keywords()) {
            if (container.image().contains(keyword)) {
                return Optional.of("exclude_keywords: " + keyword + " (in image " + shortened(container.image()) + ")");
            }
            if (container.name().contains(keyword)) {
                return Optional.of("exclude_keywords: " + keyword + " (in name " + shortened(container.name()) + ")");
            }
        }
        return Optional.empty();
    }

    private Optional<String> byRegexp(Pod pod, Container container) {
        if (exclusions.regexps().isEmpty()) {
            return Optional.empty();
        }
        var texts = List.of(
                Map.entry("image", container.image()),
                Map.entry("name", container.name()),
                Map.entry("path", pod.fullName() + "/" + container.name()));
        for (var regexp : exclusions.regexps()) {
            for (var text : texts) {
                var reason = reason(regexp, text.getKey(), text.getValue());
                if (reason.isPresent()) {
                    return reason;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> reason(Pattern regexp, String what, String text) {
        var result = BoundedFind.in(regexp, text);
        if (result == BoundedFind.Result.NOT_FOUND) {
            return Optional.empty();
        }
        var doubt = result == BoundedFind.Result.UNDECIDED ? ": too much to search, left alone)" : ")";
        return Optional.of("exclude_regexps: " + regexp + " (in " + what + " " + shortened(text) + doubt);
    }

    /** An image's name has no bound of its own in a pod. */
    private static String shortened(String text) {
        return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…";
    }
}
