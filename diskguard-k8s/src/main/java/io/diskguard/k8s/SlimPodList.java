/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.util.StdConverter;
import io.fabric8.kubernetes.api.model.DefaultKubernetesResourceList;
import java.io.Serial;

/** The answer to a list of pods. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonDeserialize(using = JsonDeserializer.None.class, converter = SlimPodList.Checked.class)
final class SlimPodList extends DefaultKubernetesResourceList<SlimPod> {
    @Serial
    private static final long serialVersionUID = 1;

    /** Anything else would be a list of no pods, and the limits of all of them would go. */
    static final class Checked extends StdConverter<SlimPodList, SlimPodList> {
        @Override
        public SlimPodList convert(SlimPodList list) {
            var meta = list.getMetadata();
            if (!"PodList".equals(list.getKind()) || meta == null || meta.getResourceVersion() == null) {
                throw new NonsenseException("PodList");
            }
            return list;
        }
    }
}
