/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.top;

import io.diskguard.model.DeviceId;
import io.diskguard.model.Disk;
import io.diskguard.model.DiskActivity;
import io.diskguard.model.IoLimit;
import io.diskguard.model.IoPressure;
import io.diskguard.model.IoRates;
import io.diskguard.model.LimitKey;
import io.diskguard.model.Rate;
import io.diskguard.policy.Decision;
import io.diskguard.policy.smart.SmartLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** A reading put together by hand. */
final class Seen {
    static final Instant AT = Instant.parse("2026-11-21T10:00:00Z");
    static final Disk DISK = new Disk(new DeviceId(259, 0), "nvme0n1");

    private final List<Row> rows = new ArrayList<>();

    /** A container that writes so often a second, 4 KiB each time, and may so often; 0 for no limit. */
    Seen writes(String pod, String container, double writes, long limit) {
        return row(pod, container, writes, limit, limit == 0 ? "none" : "annotation iops-limit/write-iops", false);
    }

    Seen foreign(String pod, String container, double writes, long limit) {
        return row(pod, container, writes, limit, "none", true);
    }

    Seen smart(String pod, String container, double writes, long limit) {
        return row(pod, container, writes, limit, "smart 15m", false);
    }

    private Seen row(String pod, String container, double writes, long limit, String origin, boolean foreign) {
        var kernel = IoLimit.UNLIMITED.with(LimitKey.WIOPS, Rate.ofZeroIsUnlimited(limit));
        var smart = origin.startsWith("smart")
                ? Optional.of(new SmartLimit(
                        "15m", AT.minusSeconds(720), kernel, Duration.ofMinutes(5), "15m[WriteIOPS:0.92>0.80]"))
                : Optional.<SmartLimit>empty();
        rows.add(new Row(
                pod.split("/")[0],
                pod.split("/")[1],
                "uid-" + pod,
                container,
                "/kubepods/" + pod + "/" + container,
                DISK,
                Optional.of(kernel),
                foreign || limit == 0 ? Optional.empty() : Optional.of(kernel),
                new Decision(
                        foreign ? IoLimit.UNLIMITED : kernel,
                        new Decision.Origins("none", origin, "none", "none"),
                        smart,
                        List.of(),
                        List.of()),
                Optional.of(new IoRates(0, writes, 0, writes * 4096)),
                Optional.empty(),
                AT));
        return this;
    }

    Reading reading() {
        var share = new IoPressure.Share(12.5, 4, 1, 99);
        var rates = new DiskActivity.Rates(0.87, OptionalDouble.of(1.5), 3, 12, 1400, 49_152, 5_734_400);
        return new Reading(
                Optional.of("node-1"),
                AT,
                Duration.ofSeconds(2),
                rows.size(),
                Optional.of(new IoPressure(share, share)),
                List.of(new DiskState(DISK, Optional.of(rates), Optional.empty())),
                rows,
                List.of());
    }

    /** A few that differ in all that is shown. */
    static Reading few() {
        return new Seen()
                .writes("shop/orders-db-0", "postgres", 199.6, 200)
                .smart("shop/web", "nginx", 310, 400)
                .foreign("infra/registry", "registry", 3, 111)
                .writes("infra/agent", "agent", 5000, 0)
                .reading();
    }
}
