/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.view;

import io.diskguard.model.IoPressure;
import java.util.Optional;

/**
 * How much tasks waited for IO, as of the last round of sampling. Immutable.
 *
 * @param node of all tasks of the node, those that a limit has wait included; empty where the kernel does not say
 * @param unlimited of the container that waited most of those that nothing limits; empty where that was not asked
 */
public record Waiting(Optional<IoPressure> node, Optional<IoPressure> unlimited) {
    static final Waiting UNKNOWN = new Waiting(Optional.empty(), Optional.empty());
}
