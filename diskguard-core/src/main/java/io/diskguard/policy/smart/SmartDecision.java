/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.policy.smart;

import io.diskguard.model.ContainerKey;
import io.diskguard.model.Disk;
import java.time.Instant;
import java.util.Optional;

/**
 * Something that was decided about one container on one disk. Immutable.
 *
 * @param before the smart limit until then
 * @param after the one from then on; equal to {@code before} where it had no effect
 * @param reason for people: {@code 15m[ReadIOPS:0.92>0.80]}
 */
public record SmartDecision(
        Instant at,
        Kind kind,
        ContainerKey container,
        Disk disk,
        Optional<SmartLimit> before,
        Optional<SmartLimit> after,
        String reason) {

    /** What it was. */
    public enum Kind {
        /** There is a limit now. */
        APPLY,
        /** It is stricter now, or limits a further number. */
        UPDATE,
        /** There is none any more. */
        RELEASE,
        /** A limit would not be stricter than what is in force: nothing changes. */
        NO_EFFECT,
        /** It was remembered from before this process. */
        RESTORE
    }
}
