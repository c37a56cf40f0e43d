/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.benchmarks.result;

/**
 * What something may take.
 *
 * @param row the budget's number; figures without one have a name
 * @param unit of all three numbers: {@code ms}, {@code ×}
 * @param reach what must hold
 * @param aim what is wanted
 */
public record Budget(String row, String what, String unit, double reach, double aim) {
    /** Where reach and aim are the same. */
    public Budget(String row, String what, String unit, double most) {
        this(row, what, unit, most, most);
    }

    Verdict judge(double value) {
        return value <= aim ? Verdict.AIM : value <= reach ? Verdict.REACH : Verdict.MISSED;
    }
}
