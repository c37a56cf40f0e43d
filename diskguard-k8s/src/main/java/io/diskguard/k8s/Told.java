/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s;

/** What came of one question. Immutable. */
public sealed interface Told<T> {
    record Known<T>(T value) implements Told<T> {}

    /**
     * It was not answered.
     *
     * @param reason for a person, with what to look at; holds no credential
     */
    record Unknown<T>(String reason) implements Told<T> {}
}
