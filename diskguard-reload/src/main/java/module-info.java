/* SPDX-License-Identifier: Apache-2.0 */
/** Configuration that changes while the guard runs. */
module io.diskguard.reload {
    requires transitive io.diskguard.core;
    requires org.slf4j;
    requires static transitive org.jspecify;

    exports io.diskguard.reload;
}
