/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.top;

import io.diskguard.model.Disk;
import io.diskguard.model.DiskActivity;
import java.util.Optional;

/**
 * What a disk does altogether. Immutable.
 *
 * @param rates since the reading before; empty at the first, and where the kernel does not say
 * @param uncounted why nobody counts what containers do on it
 */
record DiskState(Disk disk, Optional<DiskActivity.Rates> rates, Optional<String> uncounted) {}
