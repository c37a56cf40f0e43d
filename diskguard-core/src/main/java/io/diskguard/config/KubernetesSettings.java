/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How the cluster is reached. Immutable.
 *
 * @param nodeName of this node, as the API server knows it
 * @param kubeconfig for outside a cluster
 */
public record KubernetesSettings(Optional<String> nodeName, Optional<Path> kubeconfig, KubeletSettings kubelet) {}
