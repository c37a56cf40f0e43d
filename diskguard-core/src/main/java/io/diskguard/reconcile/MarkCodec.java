/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reconcile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.diskguard.model.DeviceId;
import io.diskguard.model.IoLimit;
import io.diskguard.model.LimitKey;
import io.diskguard.model.Rate;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A mark as text: {@code {"v":1,"d":{"8:0":{"l":[riops,wiops,rbps,wbps],"o":"…","at":"…"}}}}, 0 for no limit.
 * Thread-safe.
 */
final class MarkCodec {
    private static final int VERSION = 1;
    private static final LimitKey[] ORDER = {LimitKey.RIOPS, LimitKey.WIOPS, LimitKey.RBPS, LimitKey.WBPS};
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
            var limits = node.putArray("l");
            for (var key : ORDER) {
                limits.add(entry.limit().get(key) instanceof Rate.PerSecond limited ? limited.value() : 0);
            }
            node.put("o", entry.origin());
            entry.window().ifPresent(window -> node.put("w", window));
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
        var numbers = node.path("l");
        if (numbers.size() != ORDER.length) {
            return Optional.empty();
        }
        var limit = IoLimit.UNLIMITED;
        for (var i = 0; i < ORDER.length; i++) {
            if (!numbers.get(i).canConvertToLong() || numbers.get(i).asLong() < 0) {
                return Optional.empty();
            }
            limit = limit.with(ORDER[i], Rate.ofZeroIsUnlimited(numbers.get(i).asLong()));
        }
        try {
            var window = node.has("w") ? Optional.of(node.path("w").asText()) : Optional.<String>empty();
            var at = Instant.parse(node.path("at").asText());
            return Optional.of(new Mark.Entry(limit, node.path("o").asText(), window, at));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
