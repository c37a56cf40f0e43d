/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.testkit.example;

import io.diskguard.model.DeviceId;
import io.diskguard.model.Disk;
import io.diskguard.model.DiskUse;
import io.diskguard.model.Rate;
import io.diskguard.spi.LimitPolicy;
import io.diskguard.spi.LimitPolicy.Subject;
import io.diskguard.testkit.LimitPolicyTck;
import io.diskguard.testkit.Pods;
import java.util.List;
import java.util.Optional;

class BatchPolicyTckTest extends LimitPolicyTck {
    @Override
    protected LimitPolicy newPolicy() {
        return new BatchPolicy(Rate.perSecond(100));
    }

    /** At least one subject for which the policy does propose something. */
    @Override
    protected List<Subject> subjects() {
        var pod = Pods.pod("backup").label("workload", "batch").container("app").build();
        var disk = DiskUse.guarded(new Disk(new DeviceId(259, 0), "nvme0n1"));
        return List.of(new Subject(pod, Optional.of(pod.containers().get(0)), disk));
    }
}
