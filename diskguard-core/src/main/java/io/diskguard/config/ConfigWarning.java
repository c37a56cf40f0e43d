/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.config;

/**
 * Something that is valid and probably not what was meant. Immutable.
 *
 * @param key that it is about
 * @param origin where the key is set; {@code default} if nowhere
 * @param message for the person who wrote the configuration
 */
public record ConfigWarning(String key, String origin, String message) {
    /** As a line of a log: {@code key (origin): message}. */
    @Override
    public String toString() {
        return key + " (" + origin + "): " + message;
    }
}
