/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reconcile;

import io.diskguard.filter.PodFilter;
import java.util.Optional;
import java.util.function.Supplier;

/** Says of a target whether it is limited at all, and on which disks. */
record Observer(Supplier<PodFilter> filters, DiskUses uses) {
    /** Why the target is never limited; empty if it is. */
    Optional<String> excluded(Target target) {
        var pod = target.pod();
        var filter = filters.get();
        return filter.excludes(pod)
                .or(() -> target.representative().flatMap(container -> filter.excludes(pod, container)));
    }
}
