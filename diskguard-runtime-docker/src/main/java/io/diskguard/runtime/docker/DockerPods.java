/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.runtime.docker;

import io.diskguard.model.Container;
import io.diskguard.model.Pod;
import io.diskguard.model.QosClass;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Containers as pods: each is one of its own, but those that a kubelet made for a pod are that one. Pure. */
final class DockerPods {
    /** Sandboxes first, of several of one name that which runs last, else the youngest. */
    private static final Comparator<DockerContainer> ORDER = Comparator.comparing(
                    (DockerContainer container) -> !container.sandbox())
            .thenComparing(DockerContainer::nameInPod)
            .thenComparing(DockerContainer::running)
            .thenComparing(DockerContainer::created)
            .thenComparing(DockerContainer::id);

    private DockerPods() {}

    /** By uid. */
    static Map<String, Pod> of(Collection<DockerContainer> containers) {
        var members = new HashMap<String, List<DockerContainer>>();
        for (var container : containers) {
            members.computeIfAbsent(container.podUid(), uid -> new ArrayList<>())
                    .add(container);
        }
        var pods = new HashMap<String, Pod>();
        members.forEach((uid, of) -> pods.put(uid, pod(uid, of)));
        return Map.copyOf(pods);
    }

    private static Pod pod(String uid, List<DockerContainer> members) {
        members.sort(ORDER);
        var labels = new HashMap<String, String>();
        var annotations = new HashMap<String, String>();
        var byName = new LinkedHashMap<String, Container>();
        for (var member : members) {
            labels.putAll(member.labels());
            annotations.putAll(member.annotations());
            if (!member.sandbox()) {
                byName.put(member.nameInPod(), member.inPod());
            }
        }
        var one = members.get(0);
        return new Pod(
                uid,
                one.podNamespace(),
                one.podName(),
                QosClass.BEST_EFFORT,
                labels,
                annotations,
                List.copyOf(byName.values()));
    }
}
