/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How the cluster is reached. Immutable.
 *
 * @param nodeName of this node, as the API server knows it
 * @param kubeconfig for outside a cluster
 * @param podSource who tells the node's pods
 */
public record KubernetesSettings(
        Optional<String> nodeName, Optional<Path> kubeconfig, PodOrigin podSource, KubeletSettings kubelet) {

    /** The API server tells the pods. */
    public KubernetesSettings(Optional<String> nodeName, Optional<Path> kubeconfig, KubeletSettings kubelet) {
        this(nodeName, kubeconfig, PodOrigin.API_SERVER, kubelet);
    }

    /** {@code pod_source}. */
    public enum PodOrigin {
        /** Listed and watched. */
        API_SERVER,
        /** Asked again and again. */
        KUBELET
    }
}
