/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.testkit.wire;

import java.util.Optional;

/**
 * The peer as it should be.
 *
 * @param <O> what may be asked of it
 */
public interface Peer<O extends Enum<O>> {
    /** Which of them is asked; empty if none that a test knows. */
    Optional<O> operation(Request request);

    /** The good answer. */
    Reply answer(O operation, Request request);
}
