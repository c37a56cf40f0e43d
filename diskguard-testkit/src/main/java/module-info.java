/* SPDX-License-Identifier: Apache-2.0 */

/** Compatibility kits, builders and assertions for those who extend DiskGuard. */
module io.diskguard.testkit {
    requires transitive io.diskguard.core;
    requires transitive io.diskguard.simulator;
    requires transitive org.assertj.core;
    requires transitive org.junit.jupiter.api;
    requires transitive org.junit.jupiter.params;
    requires static transitive org.jspecify;

    exports io.diskguard.testkit;
    exports io.diskguard.testkit.fault;
    exports io.diskguard.testkit.wire;

    opens io.diskguard.testkit;
}
