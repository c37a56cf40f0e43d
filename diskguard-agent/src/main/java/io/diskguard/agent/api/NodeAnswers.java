/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.api;

import io.diskguard.agent.http.Health;
import io.diskguard.agent.report.Version;
import io.diskguard.agent.view.ContainerView;
import io.diskguard.agent.view.DiskPoint;
import io.diskguard.agent.view.DiskStatus;
import io.diskguard.config.SmartSettings;
import io.diskguard.model.DiskActivity;
import io.diskguard.model.IoRates;
import io.diskguard.spi.PodSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** {@code health}, {@code info} and {@code disks}: the node and its agent. Thread-safe. */
final class NodeAnswers {
    private static final String SERVICE = "diskguard";

    private final Known known;
    private final Supplier<List<String>> endpoints;
    private final String version = Version.text();
    private final String java = Runtime.version().toString();

    NodeAnswers(Known known, Supplier<List<String>> endpoints) {
        this.known = known;
        this.endpoints = endpoints;
    }

    Reply health() {
        var live = known.health().liveness();
        var checks = new ArrayList<>(List.of(live));
        checks.addAll(known.health().readiness());
        var ready = checks.stream().allMatch(Health.Check::ok);
        var status = !live.ok() ? "unhealthy" : ready ? "healthy" : "degraded";
        var now = known.now();
        return Reply.one(checks, (json, its) -> json.put("service", SERVICE)
                .put("status", status)
                .put("timestamp", now)
                .put("version", version)
                .list("checks", its, (list, check) -> list.put("name", check.name())
                        .put("ok", check.ok())
                        .put("detail", check.detail())));
    }

    Reply info() {
        var containers = known.view().containers();
        var limited = containers.stream().filter(ContainerView::isLimited).count();
        var pods = known.guard().status().pods() instanceof PodSource.Snapshot.Synced synced
                ? synced.pods().size()
                : 0;
        var smart = known.guard().config().smart();
        var now = known.now();
        return Reply.one(known.identity(), (json, it) -> json.put("service", SERVICE)
                .put("version", version)
                .put("java", java)
                .put("node", it.node())
                .put("started_at", it.startedAt())
                .put("timestamp", now)
                .put("cgroup_version", it.cgroupVersion())
                .put("cgroup_mount", it.cgroupMount())
                .put("driver", it.driver())
                .put("pod_source", it.podSource())
                .put("monitored_containers", containers.size())
                .put("limited_containers", limited)
                .put("pods", pods)
                .put("smart_limit", mode(smart))
                .put("sampling_interval_seconds", smart.monitorInterval().toSeconds())
                .texts("endpoints", endpoints.get()));
    }

    Reply disks() {
        return Reply.many(known.view().disks(), this::disk);
    }

    private void disk(Json json, DiskStatus it) throws IOException {
        json.put("device", it.disk().name()).put("number", it.disk().id().toString());
        if (it.rates().isPresent()) {
            json.put("utilization", it.rates().get().utilisation())
                    .put("rates", rates(it.rates().get()));
        }
        json.texts("where", it.where());
        if (it.countingOff().isPresent()) {
            json.put("counting_off", it.countingOff().get());
        }
        json.list("history", known.view().history(it.disk().id()), NodeAnswers::point);
    }

    private static void point(Json json, DiskPoint point) throws IOException {
        json.put("timestamp", point.at())
                .put("utilization", Math.min(1, point.utilisation()))
                .numbers(point.rates());
    }

    private static IoRates rates(DiskActivity.Rates rates) {
        return new IoRates(rates.riops(), rates.wiops(), rates.rbps(), rates.wbps());
    }

    private static String mode(SmartSettings smart) {
        return smart.enabled() ? smart.mode().name().toLowerCase(Locale.ROOT) : "off";
    }
}
