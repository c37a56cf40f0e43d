/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.top;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.diskguard.agent.report.SmartWords;
import io.diskguard.model.IoLimit;
import io.diskguard.model.IoRates;
import io.diskguard.model.LimitKey;
import io.diskguard.model.Rate;
import io.diskguard.policy.smart.SmartLimit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/** A reading as one line of JSON, in the words of the HTTP API and with nothing rounded. Immutable. */
final class JsonLine {
    /** ASCII only: it may be looked at on a terminal, and names are anybody's. */
    private static final ObjectMapper MAPPER =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private JsonLine() {}

    /** @param shown which rows; disks are told of as a whole */
    static String of(Reading reading, Predicate<Row> shown) {
        var object = new LinkedHashMap<String, Object>();
        object.put("timestamp", reading.at().toString());
        reading.node().ifPresent(name -> object.put("node", name));
        object.put("interval_seconds", reading.interval().toNanos() / 1e9);
        object.put("pods", reading.pods());
        reading.pressure()
                .ifPresent(it -> object.put(
                        "pressure",
                        Map.of(
                                "some_avg10",
                                it.some().avg10(),
                                "full_avg10",
                                it.full().avg10())));
        object.put(
                "disks", reading.disks().stream().map(disk -> of(disk, reading)).toList());
        var containers = new LinkedHashMap<String, Map<String, Object>>();
        for (var row : reading.only(shown).rows()) {
            var container = containers.computeIfAbsent(row.cgroup(), none -> container(row));
            @SuppressWarnings("unchecked") // made below
            var disks = (List<Object>) container.get("disks");
            disks.add(of(row));
        }
        object.put("containers", containers.values());
        object.put("troubles", reading.troubles());
        try {
            return MAPPER.writeValueAsString(object) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps, lists, texts and numbers are always JSON", e);
        }
    }

    private static Map<String, Object> of(DiskState state, Reading reading) {
        var object = new LinkedHashMap<String, Object>();
        object.put("device", state.disk().name());
        object.put("number", state.disk().id().toString());
        state.rates().ifPresent(rates -> {
            object.put("utilization", rates.utilisation());
            object.put("rates", rates(new IoRates(rates.riops(), rates.wiops(), rates.rbps(), rates.wbps())));
        });
        for (var limited : List.of(true, false)) {
            var total = reading.total(state.disk(), limited);
            object.put(
                    limited ? "limited" : "unlimited",
                    Map.of("containers", total.containers(), "rates", rates(total.rates())));
        }
        state.uncounted().ifPresent(reason -> object.put("uncounted", reason));
        return object;
    }

    private static Map<String, Object> container(Row row) {
        var object = new LinkedHashMap<String, Object>();
        object.put("namespace", row.namespace());
        object.put("pod_name", row.pod());
        object.put("pod_uid", row.podUid());
        object.put("container", row.container());
        object.put("cgroup", row.cgroup());
        object.put("disks", new ArrayList<>());
        return object;
    }

    private static Map<String, Object> of(Row row) {
        var object = new LinkedHashMap<String, Object>();
        object.put("device", row.disk().name());
        object.put("number", row.disk().id().toString());
        row.kernel().ifPresent(limit -> {
            object.put("limit", limit(limit));
            object.put(
                    "sources", each(key -> row.source(key).orElse(Source.NONE).word()));
        });
        object.put("wanted", limit(row.decision().limit()));
        object.put("origins", each(row.decision()::origin));
        row.smart().ifPresent(limit -> object.put("smart", smart(limit)));
        row.rates().ifPresent(rates -> object.put("rates", rates(rates)));
        row.counters()
                .ifPresent(it ->
                        object.put("counters", each(key -> key.pick(it.rios(), it.wios(), it.rbytes(), it.wbytes()))));
        object.put("at_limit", row.atLimit().stream().map(LimitKey::key).toList());
        return object;
    }

    private static Map<String, Object> smart(SmartLimit limit) {
        var object = new LinkedHashMap<String, Object>();
        object.put("window", limit.window());
        object.put("reason", limit.reason());
        object.put("since", limit.at().toString());
        object.put("earliest_release", SmartWords.earliestRelease(limit));
        object.put("limit", limit(limit.rates()));
        return object;
    }

    private static Map<String, Object> limit(IoLimit limit) {
        return each(key -> limit.get(key) instanceof Rate.PerSecond most ? (Object) most.value() : "max");
    }

    private static Map<String, Object> rates(IoRates rates) {
        return each(rates::get);
    }

    private static Map<String, Object> each(Function<LimitKey, Object> value) {
        var object = new LinkedHashMap<String, Object>();
        for (var key : LimitKey.values()) {
            object.put(key.key(), value.apply(key));
        }
        return object;
    }
}
