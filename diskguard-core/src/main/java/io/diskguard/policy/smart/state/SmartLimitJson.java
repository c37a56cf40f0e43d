/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.policy.smart.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.diskguard.model.IoLimit;
import io.diskguard.model.LimitKey;
import io.diskguard.model.Rate;
import io.diskguard.policy.smart.SmartLimit;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A smart limit as JSON, in marks and in annotations alike:
 * {@code {"w":"15m","at":"…","r":[riops,wiops,rbps,wbps],"d":300,"y":"15m[…]"}}; 0 for no limit, the delay in seconds.
 */
public final class SmartLimitJson {
    private static final LimitKey[] ORDER = {LimitKey.RIOPS, LimitKey.WIOPS, LimitKey.RBPS, LimitKey.WBPS};
    /** Control characters, and halves of a pair of surrogates, which no UTF-8 can hold. */
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cs}]");

    private static final int LONGEST_TEXT = 200;
    private static final Duration LONGEST_DELAY = Duration.ofDays(1);

    private SmartLimitJson() {}

    /** The limit as JSON. */
    public static ObjectNode write(SmartLimit limit) {
        var node = JsonNodeFactory.instance.objectNode();
        node.put("w", limit.window());
        node.put("at", limit.at().toString());
        node.set("r", numbers(limit.rates()));
        node.put("d", limit.removeDelay().toSeconds());
        node.put("y", shortened(limit.reason()));
        return node;
    }

    /**
     * What was written; empty if the node is none, for anybody may have written it.
     *
     * @param removeDelay where it says none
     */
    public static Optional<SmartLimit> read(JsonNode node, Duration removeDelay) {
        var window = node.path("w").asText();
        var rates = numbers(node.path("r"));
        if (window.isEmpty()
                || !window.equals(shortened(window))
                || rates.isEmpty()
                || rates.get().isUnlimited()) {
            return Optional.empty();
        }
        var seconds = node.path("d").asLong(removeDelay.toSeconds());
        if (seconds < 0 || seconds > LONGEST_DELAY.toSeconds()) {
            return Optional.empty();
        }
        try {
            var at = Instant.parse(node.path("at").asText());
            var reason = shortened(node.path("y").asText());
            return Optional.of(new SmartLimit(window, at, rates.get(), Duration.ofSeconds(seconds), reason));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The four numbers in the order of {@code riops, wiops, rbps, wbps}. */
    public static ArrayNode numbers(IoLimit limit) {
        var numbers = JsonNodeFactory.instance.arrayNode();
        for (var key : ORDER) {
            numbers.add(limit.get(key) instanceof Rate.PerSecond limited ? limited.value() : 0);
        }
        return numbers;
    }

    /** The four numbers; empty if they are not four, or one is negative or no whole number. */
    public static Optional<IoLimit> numbers(JsonNode numbers) {
        if (!numbers.isArray() || numbers.size() != ORDER.length) {
            return Optional.empty();
        }
        var limit = IoLimit.UNLIMITED;
        for (var i = 0; i < ORDER.length; i++) {
            if (!numbers.get(i).canConvertToLong() || numbers.get(i).asLong() < 0) {
                return Optional.empty();
            }
            limit = limit.with(ORDER[i], Rate.ofZeroIsUnlimited(numbers.get(i).asLong()));
        }
        return Optional.of(limit);
    }

    /** At most 200 characters, in one line. */
    public static String shortened(String text) {
        return clean(text, LONGEST_TEXT);
    }

    /** At most so many characters, in one line. */
    public static String clean(String text, int most) {
        return UNPRINTABLE
                .matcher(text.length() > most ? text.substring(0, most) : text)
                .replaceAll(" ");
    }
}
