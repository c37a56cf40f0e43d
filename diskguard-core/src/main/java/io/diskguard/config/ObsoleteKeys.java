/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.config;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Keys of the program that DiskGuard follows which mean nothing here: they are no error, and say what to use. */
final class ObsoleteKeys {
    private static final Map<String, String> ADVICE = Map.of(
            "default_iops_limit", "use container_iops_limit, or smart_limit_min_iops for the floor of computed limits",
            "default_bps_limit", "use container_bps_limit, or smart_limit_min_bps for the floor of computed limits",
            "docker_client_version", "the version is negotiated with the daemon; leave it out",
            "KubeConfigPath", "use kubeconfig_path",
            "kube_config_path", "use kubeconfig_path",
            "kubelet_sa_token_path", "use kubelet_token_path");

    private ObsoleteKeys() {}

    /** What to use instead; empty if it is no such key. */
    static Optional<String> advice(String name) {
        return Optional.ofNullable(ADVICE.get(name));
    }

    static Set<String> names() {
        return ADVICE.keySet();
    }
}
