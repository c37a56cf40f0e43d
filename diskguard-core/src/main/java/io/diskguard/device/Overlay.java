/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.device;

import java.util.Optional;

/** The options of an overlay file system. */
final class Overlay {
    private static final String UPPER = "upperdir=";

    private Overlay() {}

    /** The directory that writes go to; empty if the overlay is read-only. */
    static Optional<String> upperDirectory(String options) {
        // seq_show_option() writes the commas of a value as \054, so a comma always separates
        for (var option : options.split(",")) {
            if (option.startsWith(UPPER) && option.length() > UPPER.length()) {
                return Optional.of(unescape(Octal.unescape(option.substring(UPPER.length()))));
            }
        }
        return Optional.empty();
    }

    /** The escapes of who mounted it, before commas and colons ({@code ovl_unescape} in {@code fs/overlayfs}). */
    private static String unescape(String directory) {
        return directory.replaceAll("\\\\(?s:(.))", "$1");
    }
}
