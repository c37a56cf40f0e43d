/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.diskguard.model.Container;
import io.diskguard.model.ContainerId;
import io.diskguard.model.ContainerKind;
import io.diskguard.model.MountRef;
import io.diskguard.model.Pod;
import io.diskguard.model.QosClass;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serial;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The snapshot file: JSON with a version and the node's name. Thread-safe. */
final class SnapshotCodec {
    static final int VERSION = 1;

    private final ObjectMapper json = JsonMapper.builder()
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .build();

    /** Of the pods and of the file, as an empty list of pods shows. */
    private static final byte[] END = {']', '}'};

    private Map<String, Encoded> encoded = Map.of();

    private record File(
            int version, @Nullable String node, @Nullable List<StoredPod> pods) {}

    private record StoredPod(
            String uid,
            String namespace,
            String name,
            QosClass qosClass,
            Map<String, String> labels,
            Map<String, String> annotations,
            List<StoredContainer> containers) {}

    private record StoredContainer(
            String name,
            String image,
            ContainerKind kind,
            @Nullable String id,
            List<StoredMount> mounts) {}

    private record StoredMount(String volume, String path, boolean block) {}

    private record Encoded(Pod pod, byte[] json) {}

    /** A pod that is the same as the last time is not encoded again: of a node's pods few change between two snapshots. */
    synchronized void write(String node, List<Pod> pods, OutputStream out) throws IOException {
        var now = new LinkedHashMap<String, Encoded>();
        for (var pod : pods) {
            var before = encoded.get(pod.uid());
            now.put(
                    pod.uid(),
                    before != null && before.pod() == pod
                            ? before
                            : new Encoded(pod, json.writeValueAsBytes(toStored(pod))));
        }
        encoded = now;
        var empty = json.writeValueAsBytes(new File(VERSION, node, List.of()));
        out.write(empty, 0, empty.length - END.length);
        var isFirst = true;
        for (var its : now.values()) {
            if (!isFirst) {
                out.write(',');
            }
            isFirst = false;
            out.write(its.json());
        }
        out.write(END);
    }

    /** @throws UnusableException if these are not whole pods of that node, in this version */
    List<Pod> read(byte[] content, String node) throws UnusableException {
        try {
            var file = json.readValue(content, File.class);
            if (file.version() != VERSION) {
                throw new UnusableException("it has version " + file.version() + ", expected " + VERSION);
            }
            if (!node.equals(file.node())) {
                throw new UnusableException("it is of node " + file.node() + ", this is " + node);
            }
            if (file.pods() == null) {
                throw new UnusableException("it has no pods");
            }
            var pods = new ArrayList<Pod>();
            file.pods().forEach(pod -> pods.add(toPod(pod)));
            return List.copyOf(pods);
        } catch (UnusableException e) {
            throw e;
        } catch (IOException e) {
            throw new UnusableException("it is no whole JSON document");
        } catch (IllegalArgumentException | NullPointerException e) {
            // A record of the model that cannot be made of what is there.
            throw new UnusableException("a pod in it is damaged");
        }
    }

    private static StoredPod toStored(Pod pod) {
        var containers = pod.containers().stream()
                .map(container -> new StoredContainer(
                        container.name(),
                        container.image(),
                        container.kind(),
                        container.id().map(ContainerId::toString).orElse(null),
                        container.mounts().stream()
                                .map(mount -> new StoredMount(mount.volume(), mount.path(), mount.block()))
                                .toList()))
                .toList();
        return new StoredPod(
                pod.uid(), pod.namespace(), pod.name(), pod.qosClass(), pod.labels(), pod.annotations(), containers);
    }

    private static Pod toPod(StoredPod pod) {
        var containers = pod.containers().stream()
                .map(container -> new Container(
                        container.name(),
                        container.image(),
                        container.kind(),
                        Optional.ofNullable(container.id()).flatMap(ContainerId::parse),
                        container.mounts().stream()
                                .map(mount -> new MountRef(mount.volume(), mount.path(), mount.block()))
                                .toList()))
                .toList();
        return new Pod(
                pod.uid(), pod.namespace(), pod.name(), pod.qosClass(), pod.labels(), pod.annotations(), containers);
    }

    /** The message says why. */
    static final class UnusableException extends IOException {
        @Serial
        private static final long serialVersionUID = 1;

        UnusableException(String message) {
            super(message);
        }
    }
}
