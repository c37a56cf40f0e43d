/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reconcile;

import io.diskguard.spi.Errno;

/** What came of an action. Immutable. */
public sealed interface Outcome {
    /** The kernel has it: all four numbers were read back equal. */
    record Verified() implements Outcome {}

    /** The cgroup is gone, and its limit with it. */
    record Gone() implements Outcome {}

    /** Not yet; worth another try soon. */
    record Retry(String reason) implements Outcome {}

    /** The kernel said no. */
    record Rejected(Errno errno, String detail) implements Outcome {}
}
