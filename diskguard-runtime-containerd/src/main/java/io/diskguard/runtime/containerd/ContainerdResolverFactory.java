/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.runtime.containerd;

/** Makes the resolver for containers of containerd, also of that in k3s and k0s, {@code containerd}. */
public final class ContainerdResolverFactory extends CriResolverFactory {
    /** For the service loader. */
    public ContainerdResolverFactory() {
        super(CriRuntime.CONTAINERD);
    }
}
