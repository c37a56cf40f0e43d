/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.example.confdir;

import io.diskguard.simulator.SimulatedNode;
import io.diskguard.spi.Environment;
import io.diskguard.spi.Provider;
import io.diskguard.testkit.ProviderTck;
import java.util.Map;

class ConfDirSourceFactoryTest extends ProviderTck {
    @Override
    protected Class<? extends Provider<?>> providerClass() {
        return ConfDirSourceFactory.class;
    }

    @Override
    protected Environment environmentOf(SimulatedNode host) {
        var world = host.environment();
        return new Environment(
                world.paths(), world.clock(), world.ticker(), Map.of("CONFIG_DIR", "/etc/diskguard/conf.d"));
    }
}
