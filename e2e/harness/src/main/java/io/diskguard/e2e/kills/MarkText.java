/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.kills;

import com.fasterxml.jackson.databind.JsonNode;
import io.diskguard.e2e.apiserver.Json;
import io.diskguard.e2e.churn.Limits;
import io.diskguard.model.DeviceId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;

/** Marks as SPEC has them, written a second time: {@code {"v":1,"d":{"8:0":{"l":[riops,wiops,rbps,wbps],"o":"…","at":"…"}}}}. */
final class MarkText {
    private MarkText() {}

    static String of(DeviceId disk, Limits limits, Instant at) {
        var mark = Json.object().put("v", 1);
        var entry = mark.putObject("d").putObject(disk.toString());
        var numbers = entry.putArray("l");
        limits.values().forEach(numbers::add);
        entry.put("o", "default").put("at", at.toString());
        return Json.write(mark);
    }

    /** What is wrong with a container's, when all is at rest. */
    static Optional<String> problem(Watched container, Kernel kernel) {
        var text = kernel.mark(container.cgroup());
        var isLimited = container.isOurs() && !container.wanted().equals(Limits.NONE);
        if (!isLimited) {
            return text.map(mark -> container.cgroup() + " has nothing of ours, and the mark " + mark);
        }
        var marked = text.map(Json::read).map(mark -> numbers(mark, kernel.disk()));
        return marked.equals(Optional.of(container.wanted().values().toString()))
                ? Optional.empty()
                : Optional.of(container.cgroup() + " has " + container.wanted().values() + ", and the mark " + text);
    }

    private static String numbers(JsonNode mark, DeviceId disk) {
        var disks = mark.path("d");
        if (disks.size() != 1 || !disks.has(disk.toString())) {
            return disks.toString();
        }
        var numbers = new ArrayList<Long>();
        disks.path(disk.toString()).path("l").forEach(number -> numbers.add(number.asLong()));
        return numbers.toString();
    }
}
