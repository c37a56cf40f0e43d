/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.kills;

import io.diskguard.e2e.apiserver.PodTemplate;
import io.diskguard.e2e.apiserver.PodTemplate.ContainerTemplate;
import io.diskguard.e2e.apiserver.SamplePods;
import io.diskguard.e2e.churn.Expectation;
import io.diskguard.model.CgroupPath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.TreeMap;

/** Pods a little different from others. */
final class PodShapes {
    private PodShapes() {}

    /** In the order of its containers. */
    static List<CgroupPath> cgroups(PodTemplate pod) {
        return SamplePods.cgroups(pod).stream()
                .map(path -> new CgroupPath("/" + path))
                .toList();
    }

    /** Its last container is one that a keyword excludes. */
    static PodTemplate withSidecar(PodTemplate pod) {
        var last = pod.containers().size() - 1;
        var id = pod.containers().get(last).id();
        return with(pod, last, new ContainerTemplate(Expectation.SIDECAR, "proxy:1", id));
    }

    /** A container has ended and runs again. */
    static PodTemplate restarted(PodTemplate pod, int index, String id) {
        var old = pod.containers().get(index);
        return with(pod, index, new ContainerTemplate(old.name(), old.image(), id));
    }

    /** Excluded where it was not, and the other way round. */
    static PodTemplate excluded(PodTemplate pod) {
        var labels = new HashMap<>(pod.labels());
        if (labels.remove(Expectation.EXCLUDED) == null) {
            labels.put(Expectation.EXCLUDED, "yes");
        }
        return pod.withLabels(labels);
    }

    /** What it says of limits. */
    static String text(PodTemplate pod) {
        var said = new TreeMap<>(pod.annotations());
        said.keySet().removeIf(key -> !key.startsWith(Expectation.PREFIX));
        return said.toString();
    }

    private static PodTemplate with(PodTemplate pod, int index, ContainerTemplate container) {
        var containers = new ArrayList<>(pod.containers());
        containers.set(index, container);
        return pod.withContainers(containers);
    }
}
