/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.top;

import io.diskguard.model.LimitKey;
import java.util.Arrays;
import java.util.List;

/** Which of the four numbers are shown. */
enum Unit {
    OPERATIONS,
    BYTES,
    BOTH;

    boolean shows(LimitKey key) {
        return this == BOTH || (this == OPERATIONS) == key.isOperations();
    }

    List<LimitKey> keys() {
        return Arrays.stream(LimitKey.values()).filter(this::shows).toList();
    }

    Unit next() {
        return values()[(ordinal() + 1) % values().length];
    }
}
