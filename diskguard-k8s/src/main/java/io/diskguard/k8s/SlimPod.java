/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;
import java.io.Serial;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A pod with the fields that limits depend on; the others are skipped while the answer is read, by {@link SlimParser}. */
@Group("")
@Version("v1")
@Kind("Pod")
@Plural("pods")
@SuppressWarnings("serial") // the client's interface asks for it, nobody serializes it
final class SlimPod implements HasMetadata, Namespaced {
    @Serial
    private static final long serialVersionUID = 1;

    private ObjectMeta metadata = new ObjectMeta();
    public @Nullable Spec spec;
    public @Nullable Status status;

    @Override
    public ObjectMeta getMetadata() {
        return metadata;
    }

    @Override
    public void setMetadata(@Nullable ObjectMeta metadata) {
        this.metadata = metadata == null ? new ObjectMeta() : metadata;
    }

    @Override
    public void setApiVersion(String version) {
        // Always v1.
    }

    /** What the client needs to tell objects and their versions apart. */
    SlimPod shell() {
        var meta = new ObjectMeta();
        meta.setNamespace(metadata.getNamespace());
        meta.setName(metadata.getName());
        meta.setUid(metadata.getUid());
        meta.setResourceVersion(metadata.getResourceVersion());
        var shell = new SlimPod();
        shell.setMetadata(meta);
        return shell;
    }

    static final class Spec {
        public @Nullable String nodeName;
        public @Nullable List<Item> containers;
        public @Nullable List<Item> initContainers;
        public @Nullable List<Item> ephemeralContainers;
    }

    static final class Item {
        public @Nullable String name;
        public @Nullable String image;
        public @Nullable String restartPolicy;
        public @Nullable List<Mount> volumeMounts;
        public @Nullable List<Mount> volumeDevices;
    }

    static final class Mount {
        public @Nullable String name;
        public @Nullable String mountPath;
        public @Nullable String devicePath;
    }

    static final class Status {
        public @Nullable String phase;
        public @Nullable String qosClass;
        public @Nullable List<ItemStatus> containerStatuses;
        public @Nullable List<ItemStatus> initContainerStatuses;
        public @Nullable List<ItemStatus> ephemeralContainerStatuses;
    }

    static final class ItemStatus {
        public @Nullable String name;
        public @Nullable String containerID;
        public @Nullable State state;
    }

    static final class State {
        public @Nullable Terminated terminated;
    }

    static final class Terminated {}
}
