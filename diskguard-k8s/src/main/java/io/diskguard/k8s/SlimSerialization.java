/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.InputStream;

/** How the client reads and writes JSON: the types that are read, and no search for a thousand others. Thread-safe. */
final class SlimSerialization extends KubernetesSerialization {
    private final ObjectMapper mapper;
    private final Bounds bounds;

    private SlimSerialization(ObjectMapper mapper, Bounds bounds) {
        super(mapper, false);
        this.mapper = mapper;
        this.bounds = bounds;
    }

    static SlimSerialization within(Bounds bounds) {
        var serialization = new SlimSerialization(SlimJson.mapper(), bounds);
        serialization.registerKubernetesResource("v1", "Pod", SlimPod.class);
        // Without it an expired watch (410, a Status in an ERROR event) is not understood, and never listed again.
        serialization.registerKubernetesResource("v1", "Status", Status.class);
        return serialization;
    }

    /** A list may have come in gzip; and one that is no JSON is not tried as YAML. */
    @Override
    public <T> T unmarshal(InputStream in, TypeReference<T> type) {
        if (!type.getType().equals(SlimPodList.class)) {
            return super.unmarshal(in, type);
        }
        try {
            return Unzipped.read(in, bounds.bytes(), text -> mapper.readValue(mapper.createParser(text), type));
        } catch (IOException e) {
            throw KubernetesClientException.launderThrowable(e);
        }
    }
}
