/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.churn;

import com.fasterxml.jackson.databind.JsonNode;
import io.diskguard.e2e.apiserver.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What the agent asked the API server to change. */
public record Writes(Map<String, Integer> counts, List<String> others) {
    private static final Pattern POD = Pattern.compile("/api/v1/namespaces/[^/]+/pods/[^/?]+(\\?.*)?");
    private static final Pattern EVENT = Pattern.compile("/api/v1/namespaces/[^/]+/events(/[^/?]+)?(\\?.*)?");
    /** The state of smart limits; every other key belongs to somebody else. */
    private static final Pattern OURS = Pattern.compile(
            "iops-limit/(smart-limit|triggered-by|trigger-reason|limit-reason"
                    + "|(read|write)-(iops|bps)-limit|auto-iops|auto-bps|applied-at|smart-state|limit-removed|removed-at|removed-reason)");

    public static Writes of(List<JsonNode> lines) {
        var counts = new TreeMap<String, Integer>();
        var others = new ArrayList<String>();
        for (var line : lines) {
            if (!line.path("who").asText().equals("AGENT")) {
                continue;
            }
            var method = line.path("method").asText();
            var path = line.path("path").asText();
            var event = EVENT.matcher(path).matches();
            counts.merge(
                    method + (event ? " events" : POD.matcher(path).matches() ? " pods" : " " + path), 1, Integer::sum);
            if (!event
                    && !(method.equals("PATCH")
                            && POD.matcher(path).matches()
                            && onlyOurs(line.path("body").asText()))) {
                others.add(method + " " + path + " " + line.path("body").asText());
            }
        }
        return new Writes(counts, others);
    }

    private static boolean onlyOurs(String body) {
        var patch = Json.read(body);
        return names(patch).equals(List.of("metadata"))
                && List.of("uid", "annotations").containsAll(names(patch.path("metadata")))
                && names(patch.path("metadata").path("annotations")).stream()
                        .allMatch(key -> OURS.matcher(key).matches());
    }

    private static List<String> names(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).toList();
    }
}
