/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.scenarios.node;

import io.diskguard.model.CgroupPath;

/** How a kubelet and its runtime name the cgroups of burstable pods: its {@code cgroupDriver}. */
public enum KubeletDriver {
    /** Plain directories. */
    CGROUPFS {
        @Override
        CgroupPath pods() {
            return CgroupPath.ROOT.child("kubepods").child("burstable");
        }

        @Override
        CgroupPath pod(String uid) {
            return pods().child("pod" + uid);
        }

        @Override
        String parent(String uid) {
            return pod(uid).value();
        }

        @Override
        String unit(String container) {
            return container;
        }
    },
    /** Slices and scopes of systemd. */
    SYSTEMD {
        @Override
        CgroupPath pods() {
            return CgroupPath.ROOT.child("kubepods.slice").child("kubepods-burstable.slice");
        }

        @Override
        CgroupPath pod(String uid) {
            return pods().child(parent(uid));
        }

        @Override
        String parent(String uid) {
            return "kubepods-burstable-pod" + uid.replace('-', '_') + ".slice";
        }

        @Override
        String unit(String container) {
            return "cri-containerd-" + container + ".scope";
        }
    };

    /** Where the cgroups of pods are. */
    abstract CgroupPath pods();

    abstract CgroupPath pod(String uid);

    /** What the runtime is told to be the pod's cgroup. */
    abstract String parent(String uid);

    /** The last part of a container's cgroup: with systemd its scope. */
    abstract String unit(String container);
}
