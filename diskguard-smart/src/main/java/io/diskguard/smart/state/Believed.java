/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.smart.state;

import io.diskguard.model.IoLimit;
import io.diskguard.model.LimitKey;
import io.diskguard.model.Rate;
import io.diskguard.policy.smart.SmartLimit;
import io.diskguard.policy.smart.state.SmartLimitJson;
import io.diskguard.spi.LimitPolicy.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What is believed of texts that anybody may have written, and what is wrong with them. Used by one thread. */
final class Believed {
    private static final int MOST_PROBLEMS = 20;
    private static final int LONGEST_VALUE = 100;
    private static final Duration CLOCK_PUT_BACK = Duration.ofDays(1);

    private final Instant now;
    private final List<Problem> problems = new ArrayList<>();

    Believed(Instant now) {
        this.now = now;
    }

    /** No number below what the kernel takes, and no time that makes a limit stay for ever. */
    SmartLimit limit(SmartLimit limit) {
        var rates = IoLimit.UNLIMITED;
        for (var key : LimitKey.values()) {
            if (limit.rates().get(key) instanceof Rate.PerSecond number) {
                rates = rates.with(key, Rate.perSecond(Math.max(key.floor(), number.value())));
            }
        }
        return new SmartLimit(limit.window(), time(limit.at()), rates, limit.removeDelay(), limit.reason());
    }

    /** Within what a number of nanoseconds reaches, and not in the future; a clock may have been put back by some hours. */
    Instant time(Instant at) {
        return at.isAfter(now.plus(CLOCK_PUT_BACK)) ? now : at.isBefore(Instant.EPOCH) ? Instant.EPOCH : at;
    }

    Instant now() {
        return now;
    }

    void problem(String key, String value, String expected) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(new Problem(key, SmartLimitJson.clean(value, LONGEST_VALUE), expected));
        }
    }

    List<Problem> problems() {
        return problems;
    }
}
