/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.model;

/**
 * A container of a pod by its name: unlike its id it stays when the container starts anew. Immutable.
 *
 * @param podUid {@code metadata.uid}
 * @param name unique within the pod
 */
public record ContainerKey(String podUid, String name) implements Comparable<ContainerKey> {
    /** @throws IllegalArgumentException if one of them is empty */
    public ContainerKey {
        if (podUid.isEmpty() || name.isEmpty()) {
            throw new IllegalArgumentException("a container has a pod and a name, was \"" + podUid + "/" + name + '"');
        }
    }

    @Override
    public int compareTo(ContainerKey other) {
        var byPod = podUid.compareTo(other.podUid);
        return byPod != 0 ? byPod : name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return podUid + "/" + name;
    }
}
