/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.scenarios.node;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.diskguard.e2e.apiserver.Json;
import io.diskguard.model.CgroupPath;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** A burstable pod, and what the kubelet does with it. Not thread-safe. */
public final class NodePod {
    private final GuardedNode node;
    private final String namespace = "shop";
    private final String name;
    private final String uid = UUID.randomUUID().toString();
    private final Map<String, String> annotations;
    private final List<String> containers;
    private final Map<String, String> running = new LinkedHashMap<>();
    private final List<String> made = new ArrayList<>();
    private final String sandbox;

    NodePod(GuardedNode node, String name, Map<String, String> annotations, List<String> containers) {
        this.node = node;
        this.name = name;
        this.annotations = new LinkedHashMap<>(annotations);
        this.containers = containers;
        tell();
        node.makeRoomFor(cgroup());
        sandbox = node.runtime().runPod(namespace, name, uid, node.driver().parent(uid));
    }

    public String name() {
        return namespace + "/" + name;
    }

    /** The id of its sandbox. */
    public String sandbox() {
        return sandbox;
    }

    public CgroupPath cgroup() {
        return node.driver().pod(uid);
    }

    /** Of a container, or its sandbox. */
    public CgroupPath cgroup(String id) {
        return cgroup().child(unit(id));
    }

    /** The name of a container's cgroup: with systemd its scope. */
    public String unit(String id) {
        return node.driver().unit(id);
    }

    /** Makes a container, with the shell command of busybox; {@code /data} is the directory of the pod on the data disk. Its id. */
    public String create(String container, String script) {
        var id = node.runtime()
                .create(
                        sandbox,
                        container,
                        Containerd.IMAGE,
                        List.of(node.data() + ":/data", node.out() + ":/out"),
                        List.of(Containerd.BUSYBOX, "sh", "-c", "PATH=/bin; " + script));
        made.add(id);
        return id;
    }

    public void start(String id) {
        node.runtime().start(id);
    }

    /** Starts it; how long its cgroup was there without a limit on the guarded disk. */
    public Duration startTimed(String id) {
        var gap = new FutureTask<>(node.gap(cgroup(id)));
        new Thread(gap, "gap").start();
        start(id);
        try {
            return Duration.of(gap.get(), ChronoUnit.MICROS);
        } catch (ExecutionException | InterruptedException e) {
            throw new AssertionError("no limit", e);
        }
    }

    /** Made and running; the API server hears of it. Its id. */
    public String launch(String container, String script) {
        var id = create(container, script);
        start(id);
        runs(container, id);
        return id;
    }

    /** Tells the API server that the container runs, with that id. */
    public void runs(String container, String id) {
        running.put(container, id);
        tell();
    }

    /** Ends the container, as when it is to be started again: the API server does not hear of it. */
    public void stop(String id) {
        node.runtime().stop(id);
        node.runtime().remove(id);
        made.remove(id);
    }

    /** Changes an annotation. */
    public void annotate(String key, String value) {
        annotations.put(key, value);
        tell();
    }

    private void tell() {
        var pod = Json.object().put("kind", "Pod").put("apiVersion", "v1");
        var meta = pod.putObject("metadata").put("name", name).put("namespace", namespace);
        meta.put("uid", uid);
        annotations.forEach(meta.putObject("annotations")::put);
        var all = pod.putObject("spec").put("nodeName", GuardedNode.NAME).putArray("containers");
        containers.forEach(one -> all.addObject().put("name", one).put("image", Containerd.IMAGE));
        var status = pod.putObject("status")
                .put("qosClass", "Burstable")
                .put("phase", running.isEmpty() ? "Pending" : "Running");
        var statuses = status.putArray("containerStatuses");
        running.forEach((one, id) -> is(statuses.addObject(), one, id));
        node.api().put(pod);
    }

    private static void is(ObjectNode status, String container, String id) {
        status.put("name", container)
                .put("image", Containerd.IMAGE)
                .put("containerID", "containerd://" + id)
                .putObject("state")
                .putObject("running");
    }

    /** Ends it, as the kubelet does when it was deleted. */
    public void end() {
        made.forEach(node.runtime()::stop);
        node.runtime().removePod(sandbox);
        node.clear(cgroup());
        node.api().delete(namespace, name);
        node.ended(this);
    }
}
