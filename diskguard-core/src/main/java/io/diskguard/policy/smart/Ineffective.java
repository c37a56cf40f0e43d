/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.policy.smart;

import io.diskguard.model.Disk;
import io.diskguard.model.IoLimit;
import io.diskguard.model.IoRates;
import io.diskguard.model.PodRef;
import io.diskguard.spi.LimitEscapes.Asked;
import io.diskguard.spi.LimitEscapes.Cause;
import io.diskguard.spi.LimitEscapes.Escape;
import java.util.Optional;
import java.util.function.Function;

/**
 * A limit that does not hold all IO of a container. Immutable.
 *
 * @param disk empty for a volume that is on none of this host
 * @param detail what was seen, for a person to read
 * @param observed what the container did when that was last measured; empty where it was not
 * @param limit what the kernel has or, where it takes none, what it is to have; unlimited where there is no disk
 */
public record Ineffective(
        PodRef pod,
        String container,
        Optional<Disk> disk,
        Cause cause,
        String detail,
        Optional<IoRates> observed,
        IoLimit limit) {

    /**
     * What a fact means for the limits of whom it was asked; empty if no limit is concerned.
     *
     * @param inKernel what the kernel has
     */
    public static Optional<Ineffective> of(
            Asked asked, Escape escape, Function<Disk, IoLimit> inKernel, Optional<IoRates> observed) {
        var limit = IoLimit.UNLIMITED;
        if (escape.disk().isPresent()) {
            var disk = escape.disk().get();
            limit = inKernel.apply(disk);
            if (escape.cause() == Cause.NO_THROTTLING) {
                // where the kernel takes limits it is not the missing file that lets anything through
                limit = limit.isUnlimited() ? asked.limits().getOrDefault(disk, limit) : IoLimit.UNLIMITED;
            }
            var concerned = false;
            for (var key : escape.numbers()) {
                concerned |= !limit.get(key).isUnlimited();
            }
            if (!concerned) {
                return Optional.empty();
            }
        }
        return Optional.of(new Ineffective(
                PodRef.of(asked.pod()),
                asked.container().name(),
                escape.disk(),
                escape.cause(),
                escape.detail(),
                observed,
                limit));
    }

    /** {@code container app on sda (8:0): …}, for people. */
    public String words() {
        return "container " + container + disk.map(on -> " on " + on).orElse("") + ": " + detail;
    }
}
