/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.example.tiers;

import io.diskguard.model.LimitKey;
import io.diskguard.model.Quantity;
import io.diskguard.model.Rate;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What one tier allows. Immutable.
 *
 * @param numbers those that it says something of; {@link Rate#UNLIMITED} is more than nothing: no default holds either
 */
record Tier(String name, Map<LimitKey, Rate> numbers) {
    static final String EXPECTED =
            "numbers as io.max has them, like \"riops=2k wiops=500 rbps=max wbps=50Mi\"; at least 2 operations, 64Ki bytes";

    Tier {
        numbers = Map.copyOf(numbers);
    }

    /** Reads {@code wiops=500 wbps=50Mi}; empty if that is not what {@link #EXPECTED} says. */
    static Optional<Tier> parse(String name, String text) {
        var numbers = new EnumMap<LimitKey, Rate>(LimitKey.class);
        for (var word : text.strip().split("\\s+")) {
            var key = Arrays.stream(LimitKey.values())
                    .filter(one -> word.startsWith(one.key() + "="))
                    .findFirst();
            var rate = key.flatMap(one -> rate(one, word.substring(one.key().length() + 1)));
            if (rate.isEmpty() || numbers.put(key.get(), rate.get()) != null) {
                return Optional.empty();
            }
        }
        return Optional.of(new Tier(name, numbers));
    }

    private static Optional<Rate> rate(LimitKey key, String text) {
        if (text.equals("max")) {
            return Optional.of(Rate.UNLIMITED);
        }
        OptionalLong number = key.isOperations() ? Quantity.parse(text) : Quantity.parseBytes(text);
        return number.isPresent() && number.getAsLong() >= key.floor()
                ? Optional.of(Rate.perSecond(number.getAsLong()))
                : Optional.empty();
    }
}
