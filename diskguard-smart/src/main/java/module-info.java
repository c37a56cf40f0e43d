/* SPDX-License-Identifier: Apache-2.0 */
/** Limits that follow the load: samples it, decides by it, keeps and releases what was decided. */
module io.diskguard.smart {
    requires transitive io.diskguard.core;
    requires com.fasterxml.jackson.databind;
    requires org.slf4j;
    requires static transitive org.jspecify;

    exports io.diskguard.smart;
}
