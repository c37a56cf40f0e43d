/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.spi;

/** Whether a provider can work on this node, and if not, why. Immutable. */
public sealed interface Support {
    static Support supported() {
        return new Supported();
    }

    /** @param reason what was looked for and not found, for a person to read */
    static Support unsupported(String reason) {
        return new Unsupported(reason);
    }

    record Supported() implements Support {}

    record Unsupported(String reason) implements Support {
        /** @throws IllegalArgumentException if the reason is blank */
        public Unsupported {
            if (reason.isBlank()) {
                throw new IllegalArgumentException("unsupported needs a reason");
            }
        }
    }
}
