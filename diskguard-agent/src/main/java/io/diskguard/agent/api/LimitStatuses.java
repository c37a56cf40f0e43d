/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.api;

import io.diskguard.agent.view.ContainerView;
import io.diskguard.agent.view.DiskStanding;
import io.diskguard.agent.view.LimitSource;
import io.diskguard.agent.view.NodeView;
import io.diskguard.model.LimitKey;
import io.diskguard.policy.smart.SmartLimit;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code limit-status}: who is limited, and why. Thread-safe. */
final class LimitStatuses {
    /** What a reader wants to know of first: what may change without anybody's doing. */
    private static final List<LimitSource> FIRST =
            List.of(LimitSource.SMART, LimitSource.FOREIGN, LimitSource.ANNOTATION, LimitSource.POLICY);

    private final NodeView view;

    LimitStatuses(NodeView view) {
        this.view = view;
    }

    Reply all(Query query) throws Refused {
        var limited = query.flag("only_limited");
        var found = Found.by(view, query).stream()
                .filter(it -> !limited || it.isLimited())
                .toList();
        return Reply.many(found, query.limit(), LimitStatuses::status);
    }

    Reply one(String id) throws Refused {
        return Reply.one(Found.one(view, id), LimitStatuses::status);
    }

    private static void status(Json json, ContainerView it) throws IOException {
        var limited =
                it.disks().stream().filter(disk -> !disk.kernel().isUnlimited()).toList();
        json.put("container_id", Found.id(it))
                .put("namespace", it.pod().namespace())
                .put("pod_name", it.pod().name())
                .put("container", it.name())
                .put("is_limited", !limited.isEmpty());
        var source = source(limited);
        if (source.isPresent()) {
            why(json, limited, source.get());
        }
        json.put("last_check_at", it.at()).list("limits", limited, (limits, disk) -> limits.put(
                        "device", disk.disk().name())
                .put("limit", disk.kernel())
                .texts("sources", Containers.sources(disk)));
    }

    private static void why(Json json, List<DiskStanding> limited, LimitSource source) throws IOException {
        var smart = limited.stream()
                .filter(disk -> has(disk, LimitSource.SMART))
                .flatMap(disk -> disk.smart().stream())
                .max(Comparator.comparing(SmartLimit::at));
        if (source == LimitSource.SMART && smart.isPresent()) {
            json.put("triggered_by", smart.get().window())
                    .put("reason", smart.get().reason())
                    .put("applied_at", smart.get().at());
            return;
        }
        json.put("triggered_by", source.word())
                .put(
                        "reason",
                        source == LimitSource.FOREIGN
                                ? "set by somebody else than DiskGuard"
                                : origins(limited, source));
    }

    private static Optional<LimitSource> source(List<DiskStanding> limited) {
        return Arrays.stream(LimitSource.values())
                .filter(source -> source != LimitSource.NONE && limited.stream().anyMatch(disk -> has(disk, source)))
                .min(Comparator.comparing(
                        source -> FIRST.contains(source) ? FIRST.indexOf(source) : FIRST.size() + source.ordinal()));
    }

    private static boolean has(DiskStanding disk, LimitSource source) {
        return Arrays.stream(LimitKey.values()).anyMatch(key -> disk.source(key) == source);
    }

    private static String origins(List<DiskStanding> limited, LimitSource source) {
        return limited.stream()
                .flatMap(disk -> Arrays.stream(LimitKey.values())
                        .filter(key -> disk.source(key) == source)
                        .map(disk.decision()::origin))
                .distinct()
                .collect(Collectors.joining(", "));
    }
}
