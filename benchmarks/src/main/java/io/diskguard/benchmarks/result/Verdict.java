/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.benchmarks.result;

/** Whether a budget is kept. */
public enum Verdict {
    AIM("aim"),
    REACH("reach"),
    MISSED("**missed**"),
    UNKNOWN("not measured");

    private final String words;

    Verdict(String words) {
        this.words = words;
    }

    @Override
    public String toString() {
        return words;
    }
}
