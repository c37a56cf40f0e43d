/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.model;

/** A pod's quality of service class ({@code status.qosClass}). */
public enum QosClass {
    GUARANTEED,
    BURSTABLE,
    BEST_EFFORT
}
