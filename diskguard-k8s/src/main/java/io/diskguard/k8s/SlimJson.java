/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ObjectMeta;

/** How pods are read. */
final class SlimJson {
    private SlimJson() {}

    /** It closes nothing that it reads. */
    static ObjectMapper mapper() {
        var mapper = new ObjectMapper();
        mapper.disable(JsonParser.Feature.AUTO_CLOSE_SOURCE);
        mapper.addMixIn(ObjectMeta.class, SlimMeta.class);
        return mapper;
    }

    /** Holds where it stands on the class only; on a getter it has no effect, the fields are annotated themselves. */
    @JsonIgnoreProperties(
            value = {"managedFields", "ownerReferences", "finalizers", "generateName", "selfLink", "creationTimestamp"},
            ignoreUnknown = true)
    private interface SlimMeta {}
}
