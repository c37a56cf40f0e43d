/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.kills;

import io.diskguard.e2e.apiserver.PodTemplate;

/** Where the agent hears of pods. */
interface PodBook {
    /** With the ids of its containers. */
    void create(PodTemplate pod);

    void createPending(PodTemplate pod);

    /** Annotations and labels changed. */
    void edit(PodTemplate before, PodTemplate after);

    /** Ids of its containers changed. */
    void running(PodTemplate pod);

    void delete(PodTemplate pod);
}
