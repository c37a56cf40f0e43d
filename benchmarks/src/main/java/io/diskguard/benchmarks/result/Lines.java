/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.benchmarks.result;

import java.util.Locale;

/** What a benchmark tells while it runs. */
public final class Lines {
    private Lines() {}

    public static void print(String format, Object... arguments) {
        System.out.println(String.format(Locale.ROOT, format, arguments));
    }
}
