/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.api;

import io.diskguard.agent.view.ContainerView;
import io.diskguard.agent.view.DiskStanding;
import io.diskguard.agent.view.LoadPoint;
import io.diskguard.agent.view.NodeView;
import io.diskguard.model.IoCounters;
import io.diskguard.model.LimitKey;
import io.diskguard.model.QosClass;
import io.diskguard.policy.smart.Ineffective;
import io.diskguard.policy.smart.SmartLimit;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** {@code containers}: what each may do, has in the kernel, and does. Thread-safe. */
final class Containers {
    private static final List<Duration> WINDOWS =
            List.of(Duration.ofMinutes(15), Duration.ofMinutes(30), Duration.ofMinutes(60));

    private final NodeView view;

    Containers(NodeView view) {
        this.view = view;
    }

    /** What of a container is asked for beside what it is now. */
    private record Depth(boolean trend, boolean history) {}

    Reply all(Query query) throws Refused {
        var depth = new Depth(query.flag("include_trend"), query.flag("include_history"));
        return Reply.many(Found.by(view, query), query.limit(), (json, it) -> container(json, it, depth));
    }

    Reply one(String id) throws Refused {
        return Reply.one(Found.one(view, id), (json, it) -> container(json, it, new Depth(true, true)));
    }

    private void container(Json json, ContainerView it, Depth depth) throws IOException {
        json.put("container_id", Found.id(it));
        var runtime = Found.runtime(it);
        if (runtime.isPresent()) {
            json.put("runtime", runtime.get());
        }
        json.put("namespace", it.pod().namespace())
                .put("pod_name", it.pod().name())
                .put("pod_uid", it.pod().uid())
                .put("container", it.name());
        if (it.container().isPresent()) {
            json.put("kind", it.container().get().kind().name().toLowerCase(Locale.ROOT));
        }
        json.put("qos_class", qosClass(it.pod().qosClass()))
                .put("cgroup", it.cgroup().value())
                .put("last_update", it.at())
                .list("disks", it.disks(), (disks, disk) -> disk(disks, it, disk, depth));
    }

    private void disk(Json json, ContainerView container, DiskStanding it, Depth depth) throws IOException {
        json.put("device", it.disk().name())
                .put("number", it.disk().id().toString())
                .put("limit", it.kernel())
                .put("wanted", it.wanted())
                .texts("sources", sources(it))
                .texts("origins", each(it.decision()::origin))
                .put("state", it.state().word());
        if (it.detail().isPresent()) {
            json.put("detail", it.detail().get());
        }
        json.object("smart", it.smart(), Containers::smart).object("counters", it.counters(), Containers::counters);
        if (it.rates().isPresent()) {
            json.put("rates", it.rates().get());
        }
        var number = it.disk().id();
        if (depth.trend()) {
            json.object("trend", WINDOWS, (trend, windows) -> {
                for (var window : windows) {
                    var rates = view.trend(container, number, window);
                    if (rates.isPresent()) {
                        trend.put(window.toMinutes() + "m", rates.get());
                    }
                }
            });
        }
        if (depth.history()) {
            json.list("history", view.history(container, number), Containers::point);
        }
        json.list("ineffective", it.ineffective(), Containers::finding);
    }

    /** Who each number that the kernel has comes from. */
    static Map<String, String> sources(DiskStanding disk) {
        return each(key -> disk.source(key).word());
    }

    private static Map<String, String> each(Function<LimitKey, String> word) {
        var words = new LinkedHashMap<String, String>();
        for (var key : LimitKey.values()) {
            words.put(key.key(), word.apply(key));
        }
        return words;
    }

    private static void smart(Json json, SmartLimit limit) throws IOException {
        json.put("window", limit.window())
                .put("reason", limit.reason())
                .put("since", limit.at())
                .put("earliest_release", limit.at().plus(limit.removeDelay()))
                .put("limit", limit.rates());
    }

    private static void counters(Json json, IoCounters counters) throws IOException {
        json.put("rbytes", counters.rbytes())
                .put("wbytes", counters.wbytes())
                .put("rios", counters.rios())
                .put("wios", counters.wios());
    }

    private static void point(Json json, LoadPoint point) throws IOException {
        json.put("timestamp", point.at()).numbers(point.rates());
    }

    private static void finding(Json json, Ineffective finding) throws IOException {
        json.put("cause", finding.cause().name().toLowerCase(Locale.ROOT)).put("detail", finding.detail());
    }

    private static String qosClass(QosClass qos) {
        return switch (qos) {
            case GUARANTEED -> "Guaranteed";
            case BURSTABLE -> "Burstable";
            case BEST_EFFORT -> "BestEffort";
        };
    }
}
