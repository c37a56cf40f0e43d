/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.top;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A terminal that is drawn on. Closing it leaves it as it was. */
interface Screen extends AutoCloseable {
    /** As it is now: a window may be resized. */
    Size size();

    /** The key pressed, waiting for it at most so long. */
    Optional<Key> key(Duration atMost);

    /** Shows these lines, each on its own row from the first. */
    void show(List<Line> lines);

    @Override
    void close();

    /** In characters; never nothing. */
    record Size(int width, int height) {
        public Size {
            width = Math.max(1, width);
            height = Math.max(1, height);
        }
    }
}
