/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.node;

import io.diskguard.model.ContainerId;
import io.diskguard.model.Pod;
import io.diskguard.testkit.wire.FaultyServer;
import io.diskguard.testkit.wire.Peer;
import io.diskguard.testkit.wire.Reply;
import io.diskguard.testkit.wire.Request;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** As much of whoever tells a node's pods as an agent asks of it: an API server, a kubelet, or a docker daemon. */
final class Border implements Peer<Border.Asked> {
    private final Map<String, Pod> pods = new TreeMap<>();
    private final Function<ContainerId, Optional<Long>> pids;
    private long version = 100;

    /** @param pids of each container's first process */
    Border(Function<ContainerId, Optional<Long>> pids) {
        this.pids = pids;
    }

    /** What an agent asks. */
    enum Asked {
        LIST,
        WATCH,
        PATCH,
        EVENT,
        KUBELET_PODS,
        DOCKER_PING,
        DOCKER_INFO,
        DOCKER_EVENTS,
        DOCKER_LIST,
        DOCKER_INSPECT
    }

    /** Makes the pod or changes it; nobody is told. */
    synchronized void put(Pod pod) {
        pods.put(pod.uid(), pod);
        version++;
    }

    /** To be pushed to who watches: it is to list anew. */
    static byte[] expired() {
        return Reply.frame("{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"code\":410,"
                + "\"reason\":\"Expired\",\"status\":\"Failure\",\"message\":\"too old\"}}");
    }

    static void tellWatchers(FaultyServer<Asked> server) {
        server.push(Asked.WATCH, expired());
        server.push(Asked.DOCKER_EVENTS, Reply.chunk("garbage"));
    }

    @Override
    public Optional<Asked> operation(Request request) {
        var path = request.path();
        if (path.equals("/api/v1/pods")) {
            return Optional.of(request.target().contains("watch=true") ? Asked.WATCH : Asked.LIST);
        }
        if (path.startsWith("/api/v1/namespaces/")) {
            return Optional.of(path.contains("/events") ? Asked.EVENT : Asked.PATCH);
        }
        if (path.matches("/containers/[^/]+/json")) {
            return Optional.of(Asked.DOCKER_INSPECT);
        }
        return switch (path) {
            case "/pods" -> Optional.of(Asked.KUBELET_PODS);
            case "/_ping" -> Optional.of(Asked.DOCKER_PING);
            case "/info" -> Optional.of(Asked.DOCKER_INFO);
            case "/events" -> Optional.of(Asked.DOCKER_EVENTS);
            case "/containers/json" -> Optional.of(Asked.DOCKER_LIST);
            default -> Optional.empty();
        };
    }

    @Override
    public synchronized Reply answer(Asked asked, Request request) {
        return switch (asked) {
            case LIST, KUBELET_PODS -> Reply.json(200, list());
            case WATCH -> Reply.webSocket(request);
            case PATCH -> Reply.json(200, "{\"kind\":\"Pod\"}");
            case EVENT -> Reply.json(201, "{\"kind\":\"Event\"}");
            case DOCKER_PING -> Reply.of(200, "text/plain", "OK");
            case DOCKER_INFO -> Reply.json(200, "{\"CgroupDriver\":\"cgroupfs\"}");
            case DOCKER_EVENTS -> Reply.stream("application/json");
            case DOCKER_LIST ->
                Reply.json(
                        200,
                        pods.values().stream()
                                .map(pod -> "{\"Id\":\"" + id(pod) + "\",\"Names\":[\"/" + name(pod)
                                        + "\"],\"State\":\"running\"}")
                                .collect(Collectors.joining(",", "[", "]")));
            case DOCKER_INSPECT ->
                pods.values().stream()
                        .filter(pod -> request.path().contains(id(pod)))
                        .findFirst()
                        .map(pod -> Reply.json(200, inspected(pod)))
                        .orElseGet(() -> Reply.json(404, "{\"message\":\"No such container\"}"));
        };
    }

    private String list() {
        return "{\"kind\":\"PodList\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\"" + version
                + "\"},\"items\":" + pods.values().stream().map(Border::item).toList() + "}";
    }

    private static String item(Pod pod) {
        return """
                {"metadata":{"namespace":"%s","name":"%s","uid":"%s","resourceVersion":"1","annotations":%s},
                 "spec":{"nodeName":"node-1","containers":[{"name":"app","image":"app:1"}]},
                 "status":{"phase":"Running","qosClass":"Burstable",
                  "containerStatuses":[{"name":"app","containerID":"%s"}]}}""".formatted(
                        pod.namespace(),
                        pod.name(),
                        pod.uid(),
                        texts(pod.annotations(), ""),
                        pod.containers().get(0).id().orElseThrow());
    }

    private String inspected(Pod pod) {
        return """
                {"Id":"%s","Name":"/%s","State":{"Running":true,"Pid":%d},"Config":{"Image":"app:1","Labels":
                 {"io.kubernetes.pod.uid":"%s","io.kubernetes.pod.namespace":"%s","io.kubernetes.pod.name":"%s",
                  "io.kubernetes.container.name":"app"%s}}}""".formatted(
                        id(pod),
                        name(pod),
                        pids.apply(pod.containers().get(0).id().orElseThrow()).orElseThrow(),
                        pod.uid(),
                        pod.namespace(),
                        pod.name(),
                        pod.annotations().isEmpty()
                                ? ""
                                : "," + texts(pod.annotations(), "annotation.").replaceAll("[{}]", ""));
    }

    private static String name(Pod pod) {
        return "k8s_app_" + pod.name();
    }

    private static String id(Pod pod) {
        return pod.containers().get(0).id().orElseThrow().id();
    }

    private static String texts(Map<String, String> map, String prefix) {
        return map.entrySet().stream()
                .map(entry -> "\"" + prefix + entry.getKey() + "\":\"" + entry.getValue() + "\"")
                .collect(Collectors.joining(",", "{", "}"));
    }
}
