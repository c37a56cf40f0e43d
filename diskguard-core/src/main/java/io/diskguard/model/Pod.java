/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.model;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A pod, stripped to what limits depend on. Immutable.
 *
 * @param uid {@code metadata.uid}
 * @param qosClass where the kubelet puts its cgroup
 * @param containers of every kind, in the order of the manifest
 */
public record Pod(
        String uid,
        String namespace,
        String name,
        QosClass qosClass,
        Map<String, String> labels,
        Map<String, String> annotations,
        List<Container> containers) {
    private static final String CONFIG_HASH = "kubernetes.io/config.hash";
    private static final String CONFIG_MIRROR = "kubernetes.io/config.mirror";

    /** A shorter one might be found in another pod's path. */
    private static final Pattern HASH = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{15,}");

    /** @throws IllegalArgumentException if uid, namespace or name is empty */
    public Pod {
        if (uid.isEmpty() || namespace.isEmpty() || name.isEmpty()) {
            throw new IllegalArgumentException(
                    "a pod has uid, namespace and name, was " + uid + " " + namespace + "/" + name);
        }
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
        containers = List.copyOf(containers);
    }

    /** {@code namespace/name}. */
    public String fullName() {
        return namespace + "/" + name;
    }

    /**
     * The uid in the pod's cgroup name: a static pod's cgroup bears its configuration's hash, its mirror pod another uid
     * (kubelet {@code pkg/kubelet/types/pod_update.go}, {@code ConfigHashAnnotationKey}).
     * The kubelet runs no mirror pod itself: only what is one may bear another's uid, else a pod's owner could name any.
     */
    public String cgroupUid() {
        var hash = annotations.getOrDefault(CONFIG_HASH, uid);
        return hash.equals(annotations.get(CONFIG_MIRROR)) && HASH.matcher(hash).matches() ? hash : uid;
    }
}
