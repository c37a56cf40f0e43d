/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.runtime.containerd;

import com.google.protobuf.MessageLite;
import io.diskguard.runtime.containerd.lifecycle.Lifecycle;
import io.diskguard.runtime.containerd.lifecycle.Lifecycle.ContainerConfig;
import io.diskguard.runtime.containerd.lifecycle.Lifecycle.CreateContainerRequest;
import io.diskguard.runtime.containerd.lifecycle.Lifecycle.Empty;
import io.diskguard.runtime.containerd.lifecycle.Lifecycle.NamespaceMode;
import io.diskguard.runtime.containerd.lifecycle.Lifecycle.NamespaceOption;
import io.diskguard.runtime.containerd.lifecycle.Lifecycle.PodSandboxConfig;
import io.diskguard.runtime.containerd.lifecycle.Lifecycle.PodSandboxId;
import io.grpc.Deadline;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A pod on a real daemon, made as the kubelet makes one; with the host's network, so that it needs no CNI. */
final class RealPod implements AutoCloseable {
    private static final NamespaceOption NAMESPACES = NamespaceOption.newBuilder()
            .setNetwork(NamespaceMode.NODE)
            .setPid(NamespaceMode.CONTAINER)
            .build();

    private final RealContainerd daemon;
    private final CriClient client;
    private final PodSandboxConfig config;
    private final String sandbox;
    private final String cgroup;

    private RealPod(RealContainerd daemon, String uid) {
        this.daemon = daemon;
        client = new CriClient(daemon.socket());
        cgroup = daemon.cgroupParent() + "/burstable/pod" + uid;
        config = PodSandboxConfig.newBuilder()
                .setMetadata(Lifecycle.PodSandboxMetadata.newBuilder()
                        .setName("web")
                        .setUid(uid)
                        .setNamespace("shop"))
                .setLinux(Lifecycle.LinuxPodSandboxConfig.newBuilder()
                        .setCgroupParent(cgroup)
                        .setSecurityContext(Lifecycle.LinuxSandboxSecurityContext.newBuilder()
                                .setNamespaceOptions(NAMESPACES)))
                .build();
        sandbox = call(
                        "RunPodSandbox",
                        Lifecycle.RunPodSandboxRequest.newBuilder()
                                .setConfig(config)
                                .build(),
                        PodSandboxId.getDefaultInstance())
                .getPodSandboxId();
    }

    static RealPod run(RealContainerd daemon, String uid) {
        return new RealPod(daemon, uid);
    }

    String sandbox() {
        return sandbox;
    }

    String cgroup() {
        return cgroup;
    }

    /** Its mounts as {@code /host:/container}; what is in the host's {@code /dev} is given as a device. */
    String create(String name, String... mounts) {
        var container = ContainerConfig.newBuilder()
                .setMetadata(Lifecycle.ContainerMetadata.newBuilder().setName(name))
                .setImage(Lifecycle.ImageSpec.newBuilder().setImage(RealContainerd.IMAGE))
                .addAllCommand(List.of("/bin/busybox", "sleep", "2147483647"))
                .setLinux(Lifecycle.LinuxContainerConfig.newBuilder()
                        .setSecurityContext(Lifecycle.LinuxContainerSecurityContext.newBuilder()
                                .setNamespaceOptions(NAMESPACES)));
        Arrays.stream(mounts).map(mount -> mount.split(":")).forEach(mount -> {
            if (mount[0].startsWith("/dev/")) {
                container.addDevices(Lifecycle.Device.newBuilder()
                        .setHostPath(mount[0])
                        .setContainerPath(mount[1])
                        .setPermissions("rwm"));
            } else {
                container.addMounts(
                        Lifecycle.Mount.newBuilder().setHostPath(mount[0]).setContainerPath(mount[1]));
            }
        });
        return call(
                        "CreateContainer",
                        CreateContainerRequest.newBuilder()
                                .setPodSandboxId(sandbox)
                                .setConfig(container)
                                .setSandboxConfig(config)
                                .build(),
                        Lifecycle.ContainerId.getDefaultInstance())
                .getContainerId();
    }

    void start(String container) {
        call("StartContainer", id(container), Empty.getDefaultInstance());
    }

    void stop(String container) {
        call("StopContainer", id(container), Empty.getDefaultInstance());
    }

    void remove(String container) {
        call("RemoveContainer", id(container), Empty.getDefaultInstance());
    }

    private static Lifecycle.ContainerId id(String container) {
        return Lifecycle.ContainerId.newBuilder().setContainerId(container).build();
    }

    private <A extends MessageLite> A call(String method, MessageLite question, A answer) {
        var said = client.call(
                CriMethods.method(method, question, answer), question, Deadline.after(60, TimeUnit.SECONDS));
        if (said instanceof Answer.Got<A> got) {
            return got.value();
        }
        throw new IllegalStateException(method + ": " + said + "\n" + daemon.lastOfLog());
    }

    /** With all that is in it. */
    @Override
    public void close() {
        try {
            var id = PodSandboxId.newBuilder().setPodSandboxId(sandbox).build();
            call("StopPodSandbox", id, Empty.getDefaultInstance());
            call("RemovePodSandbox", id, Empty.getDefaultInstance());
        } finally {
            client.close();
        }
    }
}
