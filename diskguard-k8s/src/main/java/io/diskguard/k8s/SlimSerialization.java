/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.InputStream;

/** How the client reads and writes JSON: the types that are read, and no search for a thousand others. Thread-safe. */
final class SlimSerialization extends KubernetesSerialization {
    private final JsonFactory json = SlimParser.factory();
    private final Bounds bounds;

    private SlimSerialization(Bounds bounds) {
        super(new ObjectMapper(), false);
        this.bounds = bounds;
    }

    static SlimSerialization within(Bounds bounds) {
        var serialization = new SlimSerialization(bounds);
        serialization.registerKubernetesResource("v1", "Pod", SlimPod.class);
        // Without it an expired watch (410, a Status in an ERROR event) is not understood, and never listed again.
        serialization.registerKubernetesResource("v1", "Status", Status.class);
        return serialization;
    }

    /** A list may have come in gzip; and one that is no JSON is not tried as YAML. */
    @Override
    @SuppressWarnings("unchecked") // the type was asked for
    public <T> T unmarshal(InputStream in, TypeReference<T> type) {
        if (!type.getType().equals(SlimPodList.class)) {
            return super.unmarshal(in, type);
        }
        try {
            return (T) Unzipped.read(in, bounds.bytes(), this::list);
        } catch (IOException e) {
            throw KubernetesClientException.launderThrowable(e);
        }
    }

    private SlimPodList list(InputStream text) throws IOException {
        try (var parser = json.createParser(text)) {
            return SlimParser.list(parser);
        }
    }
}
