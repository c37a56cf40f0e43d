/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.churn;

import io.diskguard.e2e.apiserver.PodTemplate;

/** One thing that happens on a node. */
public sealed interface Change {
    /** Annotations or labels. */
    record Edited(PodTemplate before, PodTemplate after, String what) implements Change {}

    /** A container has ended and runs again, with another id. */
    record Restarted(PodTemplate before, PodTemplate after, int container) implements Change {}

    /**
     * @param forced gone from the API server before its containers are
     * @param known the new one's ids are known before its cgroups are there
     */
    record Replaced(PodTemplate gone, boolean forced, PodTemplate made, boolean known) implements Change {}
}
