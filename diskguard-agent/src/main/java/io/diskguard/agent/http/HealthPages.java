/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.http;

import io.diskguard.agent.report.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What probes ask for. */
final class HealthPages {
    static final String LIVE = "/healthz";
    static final String READY = "/readyz";

    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;

    private HealthPages() {}

    static Map<String, Function<String, Page>> of(Health health) {
        return Map.of(LIVE, accepted -> live(health.liveness()), READY, accepted -> ready(health.readiness()));
    }

    private static Page live(Health.Check check) {
        return check.ok() ? Page.text(OK, "ok") : Page.text(UNAVAILABLE, check.name() + ": " + check.detail());
    }

    private static Page ready(List<Health.Check> checks) {
        var ready = checks.stream().allMatch(Health.Check::ok);
        var rows = new ArrayList<Map<String, Object>>();
        for (var check : checks) {
            var row = new LinkedHashMap<String, Object>();
            row.put("name", check.name());
            row.put("ok", check.ok());
            row.put("detail", check.detail());
            rows.add(row);
        }
        var answer = new LinkedHashMap<String, Object>();
        answer.put("ready", ready);
        answer.put("checks", rows);
        return Page.json(ready ? OK : UNAVAILABLE, Json.pretty(answer));
    }
}
