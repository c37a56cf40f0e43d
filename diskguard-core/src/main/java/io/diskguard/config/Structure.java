/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A map within a value, its fields read one by one; what nobody read is unknown. Not thread-safe. */
final class Structure {
    private final Map<?, ?> fields;
    private final List<String> known = new ArrayList<>();
    private final List<Flaw> flaws = new ArrayList<>();

    Structure(Map<?, ?> fields) {
        this.fields = fields;
    }

    boolean has(String name) {
        known.add(name);
        return fields.get(name) != null;
    }

    /** The field's value; empty if there is none, or none that is valid. */
    <T> Optional<T> get(String name, ValueType<T> type) {
        if (!has(name)) {
            return Optional.empty();
        }
        var parsed = type.parse(fields.get(name));
        if (parsed instanceof Parsed.Invalid<T> invalid) {
            invalid.flaws()
                    .forEach(flaw -> flaws.add(new Flaw("." + name + flaw.path(), flaw.value(), flaw.expected())));
        }
        return parsed.toOptional();
    }

    /** The value under whichever of the names is there; a second one is a flaw. */
    <T> Optional<T> either(ValueType<T> type, String... names) {
        var present = new ArrayList<String>();
        for (var name : names) {
            if (has(name)) {
                present.add(name);
            }
        }
        if (present.size() > 1) {
            flaw(present.get(1), "nothing, as " + present.get(0) + " says the same");
        }
        return present.isEmpty() ? Optional.empty() : get(present.get(0), type);
    }

    /** The field is wrong for a reason that its type does not know. */
    void flaw(String name, String expected) {
        var value = fields.get(name);
        flaws.add(new Flaw("." + name, value == null ? "" : value, expected));
    }

    /** Every flaw, unknown fields among them. */
    List<Flaw> flaws() {
        fields.forEach((name, value) -> {
            if (!known.contains(String.valueOf(name)) && flaws.size() < Flaw.MOST) {
                var field = Shown.name(String.valueOf(name));
                var shown = value == null ? "" : Shown.unknown(field, value);
                flaws.add(new Flaw("." + field, shown, "a known field; the nearest is " + Nearest.to(field, known)));
            }
        });
        return flaws;
    }
}
