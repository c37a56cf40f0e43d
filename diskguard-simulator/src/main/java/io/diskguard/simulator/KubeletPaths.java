/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.simulator;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.ContainerId;
import io.diskguard.model.Pod;

/** Where the kubelet's cgroupfs driver puts pods. */
final class KubeletPaths {
    static final CgroupPath BURSTABLE = new CgroupPath("/kubepods/burstable");
    static final CgroupPath BEST_EFFORT = new CgroupPath("/kubepods/besteffort");
    private static final CgroupPath GUARANTEED = new CgroupPath("/kubepods");

    private KubeletPaths() {}

    static CgroupPath of(Pod pod) {
        var parent =
                switch (pod.qosClass()) {
                    case GUARANTEED -> GUARANTEED;
                    case BURSTABLE -> BURSTABLE;
                    case BEST_EFFORT -> BEST_EFFORT;
                };
        return parent.child("pod" + pod.cgroupUid());
    }

    static CgroupPath of(Pod pod, ContainerId container) {
        return of(pod).child(container.id());
    }
}
