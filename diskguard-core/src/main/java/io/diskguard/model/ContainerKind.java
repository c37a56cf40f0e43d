/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.model;

/** Which of a pod's lists a container stands in. */
public enum ContainerKind {
    MAIN,
    INIT,
    /** An init container with {@code restartPolicy: Always} (KEP-753). */
    SIDECAR,
    EPHEMERAL
}
