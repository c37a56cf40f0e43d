/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.provider;

import io.diskguard.spi.Support;
import java.util.List;
import java.util.OptionalInt;

/** Every candidate for one extension point and what became of it, for {@code doctor}, logs and errors. Immutable. */
public record ProviderReport(String type, List<Row> rows) {
    public ProviderReport {
        rows = List.copyOf(rows);
    }

    /** One line per candidate. */
    public List<String> lines() {
        return rows.stream().map(Row::toString).toList();
    }

    @Override
    public String toString() {
        return rows.isEmpty() ? type + ": no providers" : type + ":\n  " + String.join("\n  ", lines());
    }

    /**
     * One candidate.
     *
     * @param name what it calls itself; what is known of it where it could not be loaded
     * @param priority empty where it could not be asked
     */
    public record Row(
            String type, String name, String location, OptionalInt priority, Support support, boolean chosen) {
        /** {@code v2 (priority 100, /app/lib/x.jar): chosen}. */
        @Override
        public String toString() {
            var state = support instanceof Support.Unsupported no
                    ? "unsupported: " + no.reason()
                    : chosen ? "chosen" : "supported, not chosen";
            var rank = priority.isPresent() ? "priority " + priority.getAsInt() + ", " : "";
            return name + " (" + rank + location + "): " + state;
        }
    }
}
