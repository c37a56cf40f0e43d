/* SPDX-License-Identifier: Apache-2.0 */

/** An in-memory cgroup file system that answers as the kernel does, and a simulated node on it. */
module io.diskguard.simulator {
    requires transitive io.diskguard.core;
    requires com.google.common.jimfs;
    requires static transitive org.jspecify;

    exports io.diskguard.simulator;
}
