/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.runtime.containerd;

import java.util.List;

/**
 * A runtime that speaks CRI.
 *
 * @param scheme of its containers' ids
 * @param name as it answers to {@code Version}
 * @param sockets below the directory of daemons' sockets, likeliest first
 */
record CriRuntime(String scheme, String name, List<String> sockets) {
    /** Of itself, k3s (and RKE2) and k0s. */
    static final CriRuntime CONTAINERD = new CriRuntime(
            "containerd",
            "containerd",
            List.of("containerd/containerd.sock", "k3s/containerd/containerd.sock", "k0s/containerd.sock"));

    static final CriRuntime CRI_O = new CriRuntime("cri-o", "cri-o", List.of("crio/crio.sock"));
}
