/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.fabric8.kubernetes.api.model.DefaultKubernetesResourceList;
import java.io.Serial;

/** The answer to a list of pods. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonDeserialize(using = JsonDeserializer.None.class)
final class SlimPodList extends DefaultKubernetesResourceList<SlimPod> {
    @Serial
    private static final long serialVersionUID = 1;
}
