/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.testkit;

import io.diskguard.spi.CgroupDriver;

/** A driver and the hierarchy that it works on. Closing it closes both. */
public record CgroupDriverFixture(CgroupDriver driver, CgroupFixture cgroups) implements AutoCloseable {
    @Override
    public void close() {
        driver.close();
        cgroups.close();
    }
}
