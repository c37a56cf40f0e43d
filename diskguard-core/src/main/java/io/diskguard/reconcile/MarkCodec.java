/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reconcile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.diskguard.model.DeviceId;
import io.diskguard.policy.smart.state.SmartLimitJson;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A mark as text: {@code {"v":1,"d":{"8:0":{"l":[riops,wiops,rbps,wbps],"o":"…","at":"…"}}}}, 0 for no limit,
 * with {@code "s"} where a {@linkplain SmartLimitJson smart limit} went into it.
 * Thread-safe.
 */
final class MarkCodec {
    private static final int VERSION = 1;
    private static final ObjectMapper JSON = new ObjectMapper();

    private MarkCodec() {}

    static String encode(Mark mark) {
        return toJson(mark).toString();
    }

    /** Empty if the text is not a mark of this version: it is then somebody else's to interpret. */
    static Optional<Mark> decode(String text) {
        try {
            return fromJson(JSON.readTree(text));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    static ObjectNode toJson(Mark mark) {
        var root = JSON.createObjectNode().put("v", VERSION);
        var disks = root.putObject("d");
        mark.entries().forEach((device, entry) -> {
            var node = disks.putObject(device.toString());
            node.set("l", SmartLimitJson.numbers(entry.limit()));
            node.put("o", entry.origin());
            entry.smart().ifPresent(smart -> node.set("s", SmartLimitJson.write(smart)));
            node.put("at", entry.at().toString());
        });
        return root;
    }

    static Optional<Mark> fromJson(JsonNode root) {
        if (root.path("v").asInt() != VERSION || !root.path("d").isObject()) {
            return Optional.empty();
        }
        var entries = new TreeMap<DeviceId, Mark.Entry>();
        for (var field : root.path("d").properties()) {
            var device = DeviceId.parse(field.getKey());
            var entry = entry(field.getValue());
            if (device.isEmpty() || entry.isEmpty()) {
                return Optional.empty();
            }
            entries.put(device.get(), entry.get());
        }
        return Optional.of(new Mark(entries));
    }

    private static Optional<Mark.Entry> entry(JsonNode node) {
        var limit = SmartLimitJson.numbers(node.path("l"));
        if (limit.isEmpty()) {
            return Optional.empty();
        }
        try {
            var smart = SmartLimitJson.read(node.path("s"), Duration.ZERO);
            // Instant.parse makes a formatter each time, and a mark is read for each container every half minute
            var at = OffsetDateTime.parse(node.path("at").asText()).toInstant();
            return Optional.of(new Mark.Entry(limit.get(), node.path("o").asText(), smart, at));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
