/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.example.tiers;

import io.diskguard.model.DeviceId;
import io.diskguard.model.Disk;
import io.diskguard.model.DiskUse;
import io.diskguard.model.QosClass;
import io.diskguard.spi.LimitPolicy;
import io.diskguard.spi.LimitPolicy.Subject;
import io.diskguard.testkit.LimitPolicyTck;
import io.diskguard.testkit.Pods;
import java.util.List;
import java.util.Optional;

class TierPolicyTckTest extends LimitPolicyTck {
    @Override
    protected LimitPolicy newPolicy() {
        return Samples.policy();
    }

    @Override
    protected List<Subject> subjects() {
        var disk = DiskUse.guarded(new Disk(new DeviceId(259, 0), "nvme0n1"));
        var labelled = Pods.pod("db").label("diskguard.io/tier", "gold").container("app");
        var unlabelled = Pods.pod("batch").qos(QosClass.BEST_EFFORT).container("app");
        var mistaken = Pods.pod("typo")
                .label("diskguard.io/tier", "glod")
                .qos(QosClass.BEST_EFFORT)
                .container("app");
        return List.of(labelled, unlabelled, mistaken).stream()
                .map(Pods::build)
                .map(pod -> new Subject(pod, Optional.of(pod.containers().get(0)), disk))
                .toList();
    }
}
