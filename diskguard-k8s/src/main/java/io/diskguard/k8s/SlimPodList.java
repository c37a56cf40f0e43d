/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s;

import io.fabric8.kubernetes.api.model.DefaultKubernetesResourceList;
import java.io.Serial;

/** The answer to a list of pods. */
final class SlimPodList extends DefaultKubernetesResourceList<SlimPod> {
    @Serial
    private static final long serialVersionUID = 1;

    /** Anything else would be a list of no pods, and the limits of all of them would go. */
    SlimPodList checked() {
        var meta = getMetadata();
        if (!"PodList".equals(getKind()) || meta == null || meta.getResourceVersion() == null) {
            throw new NonsenseException("PodList");
        }
        return this;
    }
}
