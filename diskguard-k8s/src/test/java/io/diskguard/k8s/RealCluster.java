/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.diskguard.model.PodRef;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** What the owner of pods and the kubelet do to a real API server, as its administrator. */
final class RealCluster implements AutoCloseable {
    static final String NAMESPACE = "diskguard-test";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final KubernetesClient client;
    private final Api api;

    RealCluster(Path kubeconfig) {
        client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeconfig.toFile()))
                .build();
        api = new Api(client, java.time.Duration.ofSeconds(30));
    }

    /** A pod that is on the node already, and that nothing runs. */
    PodRef make(String name, String node) {
        var made = api.create("/api/v1/namespaces/" + NAMESPACE + "/pods", read("""
                {"apiVersion": "v1", "kind": "Pod",
                 "metadata": {"name": "%s", "annotations": {"iops-limit/iops": "100", "other/key": "kept"}},
                 "spec": {"nodeName": "%s", "containers": [{"name": "app", "image": "app:1"}]}}
                """.formatted(name, node)));
        demandGood(made);
        return new PodRef(get(name).at("/metadata/uid").asText(), NAMESPACE, name);
    }

    CompletableFuture<Answer> annotate(PodRef pod, String key, String value) {
        return api.mergePatch(
                path(pod.name()), read("{\"metadata\": {\"annotations\": {\"%s\": \"%s\"}}}".formatted(key, value)));
    }

    /** As the kubelet does. */
    CompletableFuture<Answer> run(PodRef pod, String containerId) {
        return api.mergePatch(path(pod.name()) + "/status", read("""
                {"status": {"phase": "Running", "containerStatuses": [
                 {"name": "app", "image": "app:1", "imageID": "", "ready": true, "restartCount": 0,
                  "containerID": "containerd://%s"}]}}
                """.formatted(containerId)));
    }

    JsonNode get(String name) {
        return read(client.raw(path(name)));
    }

    /** At once; that there is none is fine. */
    void delete(String name) {
        try {
            client.raw(path(name), "DELETE", read("{\"gracePeriodSeconds\": 0}"));
        } catch (KubernetesClientException e) {
            if (e.getCode() != 404) {
                throw e;
            }
        }
    }

    JsonNode eventsOf(PodRef pod) {
        return read(client.raw(
                        "/api/v1/namespaces/" + NAMESPACE + "/events?fieldSelector=involvedObject.uid=" + pod.uid()))
                .path("items");
    }

    static void demandGood(CompletableFuture<Answer> answer) {
        if (!(answer.join() instanceof Answer.Said said && said.isGood())) {
            throw new AssertionError(answer.join());
        }
    }

    private static String path(String name) {
        return "/api/v1/namespaces/" + NAMESPACE + "/pods/" + name;
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
