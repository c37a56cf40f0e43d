/* SPDX-License-Identifier: Apache-2.0 */

/** Model, extension points, policies, planning and the reconcile loop of DiskGuard. */
// A qualified export names a module above, which this one does not know
@SuppressWarnings("module")
module io.diskguard.core {
    requires com.fasterxml.jackson.databind;
    requires static com.fasterxml.jackson.dataformat.yaml;
    requires org.slf4j;
    requires static transitive org.jspecify;

    exports io.diskguard;
    exports io.diskguard.config;
    exports io.diskguard.device;
    exports io.diskguard.model;
    exports io.diskguard.policy;
    exports io.diskguard.policy.limiter;
    exports io.diskguard.policy.smart;
    exports io.diskguard.provider;
    exports io.diskguard.reconcile;
    exports io.diskguard.policy.smart.state to
            io.diskguard.smart;
    exports io.diskguard.spi;
    exports io.diskguard.watch;

    uses io.diskguard.spi.CgroupDriver.Factory;
    uses io.diskguard.spi.ConfigSource.Factory;
    uses io.diskguard.spi.IoStatsSource.Factory;
    uses io.diskguard.spi.LimitPolicy.Factory;
    uses io.diskguard.spi.RuntimeResolver.Factory;
}
