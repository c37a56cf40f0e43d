/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.config;

/**
 * Why a value is not valid. Immutable.
 *
 * @param path where in the value: {@code [1].io_threshold}; empty for the value as a whole
 * @param value that is wrong; {@code ""} for one that is missing
 * @param expected completes "expected …"
 */
record Flaw(String path, Object value, String expected) {
    /** More than anybody reads; a hostile list could have as many flaws as elements. */
    static final int MOST = 20;
}
