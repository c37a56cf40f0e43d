/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.trace;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Short numbers for things that are told once and named often; a number is given again when its thing is gone. Used by one thread. */
final class Slots<T> {
    private final Map<T, Integer> numbers = new HashMap<>();
    private final BitSet taken = new BitSet();

    boolean has(T thing) {
        return numbers.containsKey(thing);
    }

    int of(T thing) {
        return numbers.computeIfAbsent(thing, absent -> {
            var number = taken.nextClearBit(0);
            taken.set(number);
            return number;
        });
    }

    /** Forgets the others. */
    void retain(Set<T> things) {
        numbers.entrySet().removeIf(entry -> {
            var gone = !things.contains(entry.getKey());
            if (gone) {
                taken.clear(entry.getValue());
            }
            return gone;
        });
    }
}
