/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.doctor;

import io.diskguard.config.KubernetesSettings.PodOrigin;
import io.diskguard.k8s.Told;
import io.diskguard.k8s.kubelet.KubeletInspection;
import io.diskguard.model.Pod;
import java.util.ArrayList;
import java.util.List;

/** Whether this node's kubelet answers what it is configured to be asked. */
final class KubeletCheck implements Check {
    static final String ID = "kubelet";

    private static final String TO_DO = "see docs/kubelet.md, section Access: address, CA, credentials, permissions";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String name() {
        return "kubelet";
    }

    @Override
    public boolean waits() {
        return true;
    }

    @Override
    public List<Finding> look(Subject node) {
        var config = node.config();
        var findings = new ArrayList<Finding>();
        if (config.kubernetes().podSource() == PodOrigin.KUBELET
                && node.cluster() instanceof ClusterAnswers.Asked asked) {
            var tried = "asked the kubelet at " + where(node) + " for its pods";
            findings.add(
                    asked.pods() instanceof Told.Unknown<List<Pod>> unknown
                            ? Finding.wrong(this, tried, unknown.reason(), TO_DO)
                            : Finding.ok(this, tried, "it answers"));
        }
        if (config.smart().kubeletFirst()) {
            findings.add(metrics(node));
        }
        if (findings.isEmpty()) {
            findings.add(Finding.ok(
                    this,
                    "looked into the configuration",
                    "it is not asked for pods or first for counters (pod_source, smart_limit_use_kubelet_api)"));
        }
        return findings;
    }

    private Finding metrics(Subject node) {
        try (var kubelet = KubeletInspection.open(node.config().kubernetes().kubelet(), ClusterAnswers.PATIENCE)) {
            var tried = "asked the kubelet at " + kubelet.where() + " for its counters";
            return kubelet.metrics() instanceof Told.Unknown<Long> unknown
                    ? Finding.note(this, tried, unknown.reason(), "cgroup files are read instead; " + TO_DO)
                    : Finding.ok(this, tried, "it answers");
        }
    }

    private static String where(Subject node) {
        var kubelet = node.config().kubernetes().kubelet();
        return kubelet.host() + ":" + kubelet.port();
    }
}
