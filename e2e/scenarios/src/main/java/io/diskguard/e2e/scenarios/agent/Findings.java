/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.scenarios.agent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code doctor --output json} said.
 *
 * @param all in its order
 */
record Findings(List<Finding> all) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What one check found. */
    record Finding(String id, String verdict, String found) {}

    static Findings parse(String said) {
        try {
            var all = new ArrayList<Finding>();
            for (var each : JSON.readTree(said).path("findings")) {
                all.add(new Finding(
                        each.path("id").asText(),
                        each.path("verdict").asText(),
                        each.path("found").asText()));
            }
            return new Findings(List.copyOf(all));
        } catch (JsonProcessingException e) {
            throw new AssertionError("the doctor said " + said, e);
        }
    }

    List<Finding> with(String verdict) {
        return all.stream().filter(each -> each.verdict().equals(verdict)).toList();
    }

    /** What a check found and is content with. */
    List<String> good(String id) {
        return with("ok").stream()
                .filter(each -> each.id().equals(id))
                .map(Finding::found)
                .toList();
    }
}
