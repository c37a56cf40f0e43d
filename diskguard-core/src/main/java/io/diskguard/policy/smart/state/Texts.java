/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.policy.smart.state;

import java.util.regex.Pattern;

/** Texts that anybody may have written. */
public final class Texts {
    /** Control characters, and halves of a pair of surrogates, which no UTF-8 can hold. */
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cs}]");

    private Texts() {}

    /** At most so many characters, in one line. */
    public static String clean(String text, int most) {
        return UNPRINTABLE
                .matcher(text.length() > most ? text.substring(0, most) : text)
                .replaceAll(" ");
    }
}
