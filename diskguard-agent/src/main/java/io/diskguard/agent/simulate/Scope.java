/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.simulate;

import io.diskguard.model.Disk;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What is told of all that happens; nothing else depends on it. Immutable.
 *
 * @param containers {@code namespace/pod/container}, {@code *} for any text in one of the three; what is left out at the end is any
 * @param disk kernel name or {@code MAJ:MIN}
 */
public record Scope(Optional<Pattern> containers, Optional<String> disk, Optional<Instant> from, Optional<Instant> to) {
    /** Everything. */
    public static final Scope ALL = of(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** From what a person writes. */
    public static Scope of(
            Optional<String> containers, Optional<String> disk, Optional<Instant> from, Optional<Instant> to) {
        return new Scope(containers.map(Scope::pattern), disk, from, to);
    }

    private static Pattern pattern(String glob) {
        var text = new StringBuilder();
        for (var part : glob.split("\\*", -1)) {
            text.append(text.isEmpty() ? "" : "[^/]*").append(Pattern.quote(part));
        }
        return Pattern.compile(text + "(/.*)?");
    }

    boolean has(String container, Disk on) {
        return containers.map(pattern -> pattern.matcher(container).matches()).orElse(true)
                && disk.map(name ->
                                name.equals(on.name()) || name.equals(on.id().toString()))
                        .orElse(true);
    }

    boolean has(Instant time) {
        return from.map(first -> !time.isBefore(first)).orElse(true) && !isAfter(time);
    }

    /** Whether nothing from that time on is told. */
    boolean isAfter(Instant time) {
        return to.map(time::isAfter).orElse(false);
    }
}
