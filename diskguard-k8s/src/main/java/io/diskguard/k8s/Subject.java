/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.diskguard.model.PodRef;

/** What an event is about. Immutable. */
record Subject(String kind, String namespace, String name, String uid) {
    static Subject pod(PodRef pod) {
        return new Subject("Pod", pod.namespace(), pod.name(), pod.uid());
    }

    /** As the kubelet refers to it: its name for its uid ({@code pkg/kubelet/kubelet.go}, {@code nodeRef}). */
    static Subject node(String name) {
        return new Subject("Node", "", name, name);
    }

    /** Where its events are; those of what has no namespace are in {@code default}. */
    String eventNamespace() {
        return namespace.isEmpty() ? "default" : namespace;
    }

    void writeTo(ObjectNode reference) {
        reference.put("apiVersion", "v1").put("kind", kind).put("name", name).put("uid", uid);
        if (!namespace.isEmpty()) {
            reference.put("namespace", namespace);
        }
    }
}
