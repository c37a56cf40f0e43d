/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.diskguard.model.IoLimit;
import io.diskguard.model.LimitKey;
import io.diskguard.model.Rate;
import java.util.LinkedHashMap;
import java.util.Map;

/** JSON of the answers. */
public final class Json {
    private Json() {}

    /** Two-space indented, ending with a newline. */
    public static String pretty(Map<String, ?> object) {
        try {
            return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(object) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps, lists, texts and numbers are always JSON", e);
        }
    }

    /** A number, or {@code "max"} as {@code io.max} writes it. */
    static Object rate(Rate rate) {
        return rate instanceof Rate.PerSecond limited ? limited.value() : rate.toString();
    }

    static Map<String, Object> limit(IoLimit limit) {
        var numbers = new LinkedHashMap<String, Object>();
        for (var key : LimitKey.values()) {
            numbers.put(key.key(), rate(limit.get(key)));
        }
        return numbers;
    }
}
