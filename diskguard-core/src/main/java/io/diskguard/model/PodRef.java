/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.model;

/**
 * Which pod: its name, and the uid that tells it from one of the same name before or after it. Immutable.
 *
 * @param uid {@code metadata.uid}
 */
public record PodRef(String uid, String namespace, String name) {
    /** @throws IllegalArgumentException if one of them is empty */
    public PodRef {
        if (uid.isEmpty() || namespace.isEmpty() || name.isEmpty()) {
            throw new IllegalArgumentException(
                    "a pod has uid, namespace and name, was " + uid + " " + namespace + "/" + name);
        }
    }

    /** The pod given. */
    public static PodRef of(Pod pod) {
        return new PodRef(pod.uid(), pod.namespace(), pod.name());
    }

    /** {@code namespace/name}. */
    public String fullName() {
        return namespace + "/" + name;
    }
}
