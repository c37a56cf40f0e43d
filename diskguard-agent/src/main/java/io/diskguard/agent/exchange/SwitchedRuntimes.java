/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.exchange;

import io.diskguard.model.ContainerId;
import io.diskguard.spi.RuntimeResolver;

/** The runtimes that are asked at present. Closing it closes them. Thread-safe. */
public final class SwitchedRuntimes implements RuntimeResolver {
    private final Switch<RuntimeResolver> at;

    public SwitchedRuntimes(RuntimeResolver first) {
        at = new Switch<>(first);
    }

    public Exchange to(RuntimeResolver next) {
        return at.to(next);
    }

    @Override
    public Resolution resolve(ContainerId id) {
        return at.now().resolve(id);
    }

    @Override
    public void close() {
        at.close();
    }
}
