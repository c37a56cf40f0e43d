/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.apiserver;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A pod as a cluster has them: some eleven thousand bytes, of which an agent needs few. */
public record PodTemplate(
        String namespace,
        String name,
        String uid,
        String node,
        String qos,
        Map<String, String> labels,
        Map<String, String> annotations,
        List<ContainerTemplate> containers) {
    private static final String START = "2026-11-20T08:00:00Z";
    private static final int SETTINGS = 14;

    /** @param id 64 hexadecimal digits */
    public record ContainerTemplate(String name, String image, String id) {}

    public PodTemplate {
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
        containers = List.copyOf(containers);
    }

    public PodTemplate withLabels(Map<String, String> now) {
        return new PodTemplate(namespace, name, uid, node, qos, now, annotations, containers);
    }

    public PodTemplate withAnnotations(Map<String, String> now) {
        return new PodTemplate(namespace, name, uid, node, qos, labels, now, containers);
    }

    public PodTemplate withContainers(List<ContainerTemplate> now) {
        return new PodTemplate(namespace, name, uid, node, qos, labels, annotations, now);
    }

    public ObjectNode toJson() {
        var pod = Json.object().put("kind", "Pod").put("apiVersion", "v1");
        var meta = Json.meta(pod)
                .put("name", name)
                .put("generateName", name + "-")
                .put("namespace", namespace)
                .put("uid", uid)
                .put("creationTimestamp", START);
        put(meta.putObject("labels"), labels);
        put(meta.putObject("annotations"), annotations);
        meta.putArray("ownerReferences")
                .addObject()
                .put("apiVersion", "apps/v1")
                .put("kind", "ReplicaSet")
                .put("name", name)
                .put("uid", uid)
                .put("controller", true)
                .put("blockOwnerDeletion", true);
        managedFields(meta.putArray("managedFields"));
        spec(pod.putObject("spec"));
        status(pod.putObject("status"));
        return pod;
    }

    private void spec(ObjectNode spec) {
        spec.put("nodeName", node)
                .put("restartPolicy", "Always")
                .put("terminationGracePeriodSeconds", 30)
                .put("dnsPolicy", "ClusterFirst")
                .put("serviceAccountName", "default")
                .put("schedulerName", "default-scheduler")
                .put("enableServiceLinks", true)
                .put("preemptionPolicy", "PreemptLowerPriority")
                .put("priority", 0);
        var volumes = spec.putArray("volumes");
        volumes.addObject().put("name", "data").putObject("emptyDir");
        volumes.addObject()
                .put("name", "config")
                .putObject("configMap")
                .put("name", name + "-config")
                .put("defaultMode", 420);
        volumes.addObject()
                .put("name", "kube-api-access")
                .putObject("projected")
                .put("defaultMode", 420)
                .putArray("sources")
                .addObject()
                .putObject("serviceAccountToken")
                .put("expirationSeconds", 3607)
                .put("path", "token");
        var array = spec.putArray("containers");
        containers.forEach(container -> container(array.addObject(), container));
        var tolerations = spec.putArray("tolerations");
        for (var key : List.of("not-ready", "unreachable")) {
            tolerations
                    .addObject()
                    .put("key", "node.kubernetes.io/" + key)
                    .put("operator", "Exists")
                    .put("effect", "NoExecute")
                    .put("tolerationSeconds", 300);
        }
    }

    private void container(ObjectNode into, ContainerTemplate container) {
        into.put("name", container.name())
                .put("image", container.image())
                .put("imagePullPolicy", "IfNotPresent")
                .put("terminationMessagePath", "/dev/termination-log")
                .put("terminationMessagePolicy", "File");
        into.putArray("args").add("--listen=:8080").add("--log-level=info").add("--data=/var/lib/" + container.name());
        into.putArray("ports")
                .addObject()
                .put("name", "http")
                .put("containerPort", 8080)
                .put("protocol", "TCP");
        var env = into.putArray("env");
        for (var i = 0; i < SETTINGS; i++) {
            env.addObject().put("name", "SETTING_" + i).put("value", "value-" + i + "-of-" + name);
        }
        env.addObject()
                .put("name", "POD_IP")
                .putObject("valueFrom")
                .putObject("fieldRef")
                .put("apiVersion", "v1")
                .put("fieldPath", "status.podIP");
        var resources = into.putObject("resources");
        resources.putObject("requests").put("cpu", "50m").put("memory", "64Mi");
        resources.putObject("limits").put("cpu", "1").put("memory", "512Mi");
        var mounts = into.putArray("volumeMounts");
        mounts.addObject().put("name", "data").put("mountPath", "/var/lib/" + container.name());
        mounts.addObject()
                .put("name", "config")
                .put("mountPath", "/etc/" + container.name())
                .put("readOnly", true);
        mounts.addObject()
                .put("name", "kube-api-access")
                .put("mountPath", "/var/run/secrets/kubernetes.io/serviceaccount")
                .put("readOnly", true);
        for (var probe : List.of("livenessProbe", "readinessProbe", "startupProbe")) {
            into.putObject(probe)
                    .put("initialDelaySeconds", 5)
                    .put("timeoutSeconds", 1)
                    .put("periodSeconds", 10)
                    .put("successThreshold", 1)
                    .put("failureThreshold", 3)
                    .putObject("httpGet")
                    .put("path", "/healthz")
                    .put("port", 8080)
                    .put("scheme", "HTTP");
        }
        var security = into.putObject("securityContext")
                .put("allowPrivilegeEscalation", false)
                .put("readOnlyRootFilesystem", true)
                .put("runAsNonRoot", true);
        security.putObject("capabilities").putArray("drop").add("ALL");
    }

    private void status(ObjectNode status) {
        status.put("phase", "Running")
                .put("qosClass", qos)
                .put("hostIP", "10.0.0.7")
                .put("podIP", "10.244.1.17")
                .put("startTime", START);
        var conditions = status.putArray("conditions");
        for (var type :
                List.of("PodReadyToStartContainers", "Initialized", "Ready", "ContainersReady", "PodScheduled")) {
            conditions
                    .addObject()
                    .put("type", type)
                    .put("status", "True")
                    .putNull("lastProbeTime")
                    .put("lastTransitionTime", START);
        }
        var statuses = status.putArray("containerStatuses");
        for (var container : containers) {
            statuses.addObject()
                    .put("name", container.name())
                    .put("image", container.image())
                    .put("imageID", container.image() + "@sha256:" + container.id())
                    .put("containerID", "containerd://" + container.id())
                    .put("ready", true)
                    .put("started", true)
                    .put("restartCount", 0)
                    .putObject("state")
                    .putObject("running")
                    .put("startedAt", START);
        }
    }

    /** What the managers of fields own: by far the largest part of a pod. */
    private void managedFields(ArrayNode into) {
        var controller = into.addObject()
                .put("manager", "kube-controller-manager")
                .put("operation", "Update")
                .put("apiVersion", "v1")
                .put("time", START)
                .put("fieldsType", "FieldsV1")
                .putObject("fieldsV1");
        var meta = controller.putObject("f:metadata");
        labels.keySet().stream().sorted().forEach(meta.putObject("f:labels")::putObject);
        annotations.keySet().stream().sorted().forEach(meta.putObject("f:annotations")::putObject);
        var fields = controller.putObject("f:spec").putObject("f:containers");
        for (var container : containers) {
            var one = fields.putObject("k:{\"name\":\"" + container.name() + "\"}");
            for (var field : List.of(
                    "args",
                    "image",
                    "imagePullPolicy",
                    "name",
                    "ports",
                    "resources",
                    "terminationMessagePath",
                    "terminationMessagePolicy",
                    "volumeMounts",
                    "securityContext")) {
                one.putObject("f:" + field);
            }
            var env = one.putObject("f:env");
            for (var i = 0; i < SETTINGS; i++) {
                env.putObject("k:{\"name\":\"SETTING_" + i + "\"}").putObject("f:value");
            }
            for (var probe : List.of("livenessProbe", "readinessProbe", "startupProbe")) {
                var parts = one.putObject("f:" + probe);
                for (var part : List.of(
                        "failureThreshold",
                        "httpGet",
                        "initialDelaySeconds",
                        "periodSeconds",
                        "successThreshold",
                        "timeoutSeconds")) {
                    parts.putObject("f:" + part);
                }
            }
        }
        var kubelet = into.addObject()
                .put("manager", "kubelet")
                .put("operation", "Update")
                .put("subresource", "status")
                .put("apiVersion", "v1")
                .put("time", START)
                .put("fieldsType", "FieldsV1")
                .putObject("fieldsV1")
                .putObject("f:status");
        var conditions = kubelet.putObject("f:conditions");
        for (var type : List.of("PodReadyToStartContainers", "Initialized", "Ready", "ContainersReady")) {
            var condition = conditions.putObject("k:{\"type\":\"" + type + "\"}");
            for (var part : List.of("lastProbeTime", "lastTransitionTime", "status", "type")) {
                condition.putObject("f:" + part);
            }
        }
        for (var field : List.of("containerStatuses", "hostIP", "phase", "podIP", "podIPs", "startTime")) {
            kubelet.putObject("f:" + field);
        }
    }

    private static void put(ObjectNode into, Map<String, String> texts) {
        new TreeMap<>(texts).forEach(into::put);
    }
}
