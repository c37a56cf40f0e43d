/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.config;

import java.util.List;

/**
 * Keys of one theme. Immutable.
 *
 * @param about a sentence for the reference, or none
 */
public record KeyGroup(String title, String about, List<ConfigKey<?>> keys) {
    public KeyGroup {
        keys = List.copyOf(keys);
    }
}
