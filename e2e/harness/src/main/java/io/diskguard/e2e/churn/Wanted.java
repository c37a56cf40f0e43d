/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.churn;

/** What a container must have, by its pod, where the node's default of operations a second is the one given. */
interface Wanted {
    Wanted NONE = defaultIops -> Limits.NONE;

    Limits under(long defaultIops);
}
