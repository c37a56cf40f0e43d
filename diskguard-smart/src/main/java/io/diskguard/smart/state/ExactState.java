/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.smart.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.diskguard.model.DeviceId;
import io.diskguard.policy.smart.SmartLimit;
import io.diskguard.policy.smart.state.SmartLimitJson;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** All limits of a pod in one text, {@code {"v":1,"c":{container:{disk:limit}}}}, each as {@link SmartLimitJson} has it. */
final class ExactState {
    /** Characters; Kubernetes takes four times that in all annotations of a pod. */
    private static final int LONGEST = 64 * 1024;

    private static final int MOST_LIMITS = 500;
    private static final int VERSION = 1;
    /** Of itself it refuses what is nested more than 1000 deep. */
    private static final ObjectMapper JSON = new ObjectMapper();

    private ExactState() {}

    /** Empty if there are more than would be read again. */
    static Optional<String> write(
            SortedMap<String, SortedMap<DeviceId, SmartLimit>> byContainer, Function<DeviceId, String> identity) {
        var root = JSON.createObjectNode().put("v", VERSION);
        var containers = root.putObject("c");
        var written = 0;
        for (var container : byContainer.entrySet()) {
            var disks = new TreeMap<String, SmartLimit>();
            for (var disk : container.getValue().entrySet()) {
                disks.merge(identity.apply(disk.getKey()), disk.getValue(), ExactState::both);
            }
            var node = containers.putObject(container.getKey());
            for (var disk : disks.entrySet()) {
                node.set(disk.getKey(), SmartLimitJson.write(disk.getValue()));
            }
            written += disks.size();
        }
        var text = root.toString();
        return written > MOST_LIMITS || text.length() > LONGEST ? Optional.empty() : Optional.of(text);
    }

    /** Two numbers may be paths to one disk. */
    private static SmartLimit both(SmartLimit one, SmartLimit other) {
        var newer = other.at().isAfter(one.at()) ? other : one;
        return new SmartLimit(
                newer.window(), newer.at(), one.rates().strictest(other.rates()), newer.removeDelay(), newer.reason());
    }

    /**
     * By container and disk, without what makes no sense; empty if the text as a whole makes none.
     *
     * @param key of the text, for problems
     * @param removeDelay where a limit says none
     */
    static Optional<Map<String, Map<String, SmartLimit>>> read(
            String key, String text, Duration removeDelay, Believed believed) {
        var root = parsed(text);
        if (root.path("v").asInt() != VERSION || !root.path("c").isObject()) {
            believed.problem(key, text, "{\"v\":1,\"c\":{…}} of at most 64 KiB");
            return Optional.empty();
        }
        var exact = new HashMap<String, Map<String, SmartLimit>>();
        var read = 0;
        for (var container : root.path("c").properties()) {
            var disks = new HashMap<String, SmartLimit>();
            for (var disk : container.getValue().properties()) {
                var limit = SmartLimitJson.read(disk.getValue(), removeDelay);
                if (++read > MOST_LIMITS || limit.isEmpty()) {
                    believed.problem(
                            key,
                            container.getKey() + "." + disk.getKey() + ": " + disk.getValue(),
                            "{\"w\":\"15m\",\"at\":\"2026-01-31T12:00:00Z\",\"r\":[300,0,0,0]}");
                } else {
                    disks.put(disk.getKey(), believed.limit(limit.get()));
                }
            }
            if (!disks.isEmpty()) {
                exact.put(container.getKey(), Map.copyOf(disks));
            }
        }
        return Optional.of(exact);
    }

    private static JsonNode parsed(String text) {
        try {
            return text.length() > LONGEST ? JSON.missingNode() : JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return JSON.missingNode();
        }
    }
}
