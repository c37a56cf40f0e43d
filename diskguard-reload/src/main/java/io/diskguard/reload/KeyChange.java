/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reload;

/**
 * A key whose value became another one. Immutable.
 *
 * @param before on one line, shortened, {@code ***} where it may be a secret; empty where there was none
 * @param after the same of the new one
 * @param origin where the new value stands
 * @param live false: the value before goes on until the next start
 */
public record KeyChange(String key, String before, String after, String origin, boolean live) {}
