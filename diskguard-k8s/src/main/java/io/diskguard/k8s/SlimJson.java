/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/** How the client reads and writes JSON: the two types that are read, and no search for a thousand others. */
final class SlimJson {
    private SlimJson() {}

    static ObjectMapper mapper() {
        var mapper = new ObjectMapper();
        mapper.addMixIn(ObjectMeta.class, SlimMeta.class);
        return mapper;
    }

    static KubernetesSerialization serialization() {
        var serialization = new KubernetesSerialization(mapper(), false);
        serialization.registerKubernetesResource("v1", "Pod", SlimPod.class);
        // Without it an expired watch (410, a Status in an ERROR event) is not understood, and never listed again.
        serialization.registerKubernetesResource("v1", "Status", Status.class);
        return serialization;
    }

    /** Holds where it stands on the class only; on a getter it has no effect, the fields are annotated themselves. */
    @JsonIgnoreProperties(
            value = {"managedFields", "ownerReferences", "finalizers", "generateName", "selfLink", "creationTimestamp"},
            ignoreUnknown = true)
    private interface SlimMeta {}
}
