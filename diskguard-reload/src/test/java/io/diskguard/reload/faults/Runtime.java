/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reload.faults;

import io.diskguard.model.ContainerId;
import io.diskguard.spi.RuntimeResolver;
import java.util.Map;

/** Knows the containers that it is told of. */
record Runtime(Map<ContainerId, RuntimeResolver.Resolution> containers) implements RuntimeResolver {
    @Override
    public Resolution resolve(ContainerId id) {
        return containers.getOrDefault(id, new Resolution.Gone());
    }

    @Override
    public void close() {}
}
