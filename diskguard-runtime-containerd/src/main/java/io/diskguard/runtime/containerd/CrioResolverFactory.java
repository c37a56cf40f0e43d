/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.runtime.containerd;

/** Makes the resolver for containers of CRI-O, {@code cri-o}. */
public final class CrioResolverFactory extends CriResolverFactory {
    /** For the service loader. */
    public CrioResolverFactory() {
        super(CriRuntime.CRI_O);
    }
}
