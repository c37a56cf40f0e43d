/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s.kubelet;

/** What came of asking the kubelet. */
sealed interface Reply<T> {
    record Good<T>(T value) implements Reply<T> {}

    /** @param reason for a person; holds no secret */
    record Bad<T>(String reason) implements Reply<T> {}
}
