/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.annotation;

import io.diskguard.model.LimitKey;
import io.diskguard.model.Quantity;
import io.diskguard.model.Rate;
import java.util.OptionalLong;

/** One of the four numbers, as a pod's owner writes it. */
final class Numbers {
    /** The kernel keeps 32 bits of operations a second; this and more means no limit to it. */
    private static final long UINT_MAX = 0xffff_ffffL;

    private Numbers() {}

    /** Empty if the text is no whole number of 0 or more. */
    static OptionalLong parse(LimitKey limit, String text) {
        return limit.isOperations() ? Quantity.parse(text.strip()) : Quantity.parseBytes(text.strip());
    }

    /** What the number allows; one below the kernel's floor is raised to it, which is a problem. */
    static Rate rate(LimitKey limit, long number, String key, String text, Problems problems) {
        if (limit.isOperations() && number >= UINT_MAX) {
            return Rate.UNLIMITED;
        }
        if (number != 0 && number < limit.floor()) {
            problems.add(
                    key,
                    text,
                    "0 (no limit), or at least " + limit.floor() + " " + unit(limit) + "; " + limit.floor()
                            + " is used");
            return Rate.perSecond(limit.floor());
        }
        return Rate.ofZeroIsUnlimited(number);
    }

    static String expected(LimitKey limit) {
        return "a whole number of " + unit(limit) + ", 0 (no limit) or more, or a quantity such as "
                + (limit.isOperations() ? "2k" : "10M or 50Mi");
    }

    private static String unit(LimitKey limit) {
        return limit.isOperations() ? "operations a second" : "bytes a second";
    }
}
