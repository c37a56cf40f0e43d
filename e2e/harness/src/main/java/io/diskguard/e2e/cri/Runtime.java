/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.cri;

import com.google.protobuf.MessageLite;
import io.diskguard.e2e.cri.wire.Pods;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.okhttp.OkHttpChannelBuilder;
import io.grpc.protobuf.lite.ProtoLiteUtils;
import io.grpc.stub.ClientCalls;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** One runtime on its socket; a call waits while it is away. Pods share the host's network, so that no CNI is needed. */
public final class Runtime implements AutoCloseable {
    private static final String SERVICE = "runtime.v1.RuntimeService";
    /** What containerd answers when it listens already and cannot do anything yet. */
    private static final String STARTING = "server is not initialized yet";

    private static final long SECONDS_MAX = 60;
    private static final Pods.NamespaceOption NAMESPACES = Pods.NamespaceOption.newBuilder()
            .setNetwork(Pods.NamespaceMode.NODE)
            .setPid(Pods.NamespaceMode.CONTAINER)
            .build();

    private final ManagedChannel channel;
    private final Map<String, Pods.PodSandboxConfig> sandboxes = new HashMap<>();
    private int attempts;

    public Runtime(Path socket) {
        channel = OkHttpChannelBuilder.forAddress("127.0.0.1", 1) // neither looked up nor connected to
                .overrideAuthority("localhost")
                .usePlaintext()
                .socketFactory(new UnixSockets(socket))
                .proxyDetector(target -> null)
                .build();
    }

    public String version() {
        var version = call("Version", Pods.Empty.getDefaultInstance(), Pods.VersionResponse.getDefaultInstance());
        return version.getRuntimeName() + " " + version.getRuntimeVersion();
    }

    /** The id of the new sandbox. */
    public String runPod(String namespace, String name, String uid, String cgroup) {
        var config = Pods.PodSandboxConfig.newBuilder()
                .setMetadata(Pods.PodSandboxMetadata.newBuilder()
                        .setName(name)
                        .setUid(uid)
                        .setNamespace(namespace))
                .putLabels("io.kubernetes.pod.name", name)
                .putLabels("io.kubernetes.pod.namespace", namespace)
                .putLabels("io.kubernetes.pod.uid", uid)
                .setLinux(Pods.LinuxPodSandboxConfig.newBuilder()
                        .setCgroupParent(cgroup)
                        .setSecurityContext(
                                Pods.LinuxSandboxSecurityContext.newBuilder().setNamespaceOptions(NAMESPACES)))
                .build();
        var sandbox = call(
                        "RunPodSandbox",
                        Pods.RunPodSandboxRequest.newBuilder().setConfig(config).build(),
                        Pods.PodSandboxId.getDefaultInstance())
                .getPodSandboxId();
        sandboxes.put(sandbox, config);
        return sandbox;
    }

    /**
     * @param places mounts as {@code /host:/container} and devices as {@code /dev/host=/dev/container}
     * @return the id of the new container, which does not run yet
     */
    public String create(String sandbox, String name, String image, List<String> places, List<String> command) {
        var container = Pods.ContainerConfig.newBuilder()
                .setMetadata(Pods.ContainerMetadata.newBuilder().setName(name).setAttempt(attempts++))
                .setImage(Pods.ImageSpec.newBuilder().setImage(image))
                .putLabels("io.kubernetes.container.name", name)
                .addAllCommand(command)
                .setLinux(Pods.LinuxContainerConfig.newBuilder()
                        .setSecurityContext(
                                Pods.LinuxContainerSecurityContext.newBuilder().setNamespaceOptions(NAMESPACES)));
        for (var place : places) {
            var mount = place.split(":", 2);
            var device = place.split("=", 2);
            if (mount.length == 2) {
                container.addMounts(
                        Pods.Mount.newBuilder().setHostPath(mount[0]).setContainerPath(mount[1]));
            } else {
                container.addDevices(Pods.Device.newBuilder()
                        .setHostPath(device[0])
                        .setContainerPath(device[1])
                        .setPermissions("rwm"));
            }
        }
        var config = sandboxes.get(sandbox);
        if (config == null) {
            throw new IllegalArgumentException("no sandbox " + sandbox);
        }
        return call(
                        "CreateContainer",
                        Pods.CreateContainerRequest.newBuilder()
                                .setPodSandboxId(sandbox)
                                .setConfig(container)
                                .setSandboxConfig(config)
                                .build(),
                        Pods.ContainerId.getDefaultInstance())
                .getContainerId();
    }

    public void start(String container) {
        call("StartContainer", id(container), Pods.Empty.getDefaultInstance());
    }

    /** Kills it at once. */
    public void stop(String container) {
        call(
                "StopContainer",
                Pods.StopContainerRequest.newBuilder().setContainerId(container).build(),
                Pods.Empty.getDefaultInstance());
    }

    public void remove(String container) {
        call("RemoveContainer", id(container), Pods.Empty.getDefaultInstance());
    }

    /** With all that is in it. */
    public void removePod(String sandbox) {
        var id = Pods.PodSandboxId.newBuilder().setPodSandboxId(sandbox).build();
        call("StopPodSandbox", id, Pods.Empty.getDefaultInstance());
        call("RemovePodSandbox", id, Pods.Empty.getDefaultInstance());
        sandboxes.remove(sandbox);
    }

    private static Pods.ContainerId id(String container) {
        return Pods.ContainerId.newBuilder().setContainerId(container).build();
    }

    private <A extends MessageLite> A call(String method, MessageLite question, A answer) {
        var descriptor = MethodDescriptor.<MessageLite, A>newBuilder()
                .setType(MethodDescriptor.MethodType.UNARY)
                .setFullMethodName(MethodDescriptor.generateFullMethodName(SERVICE, method))
                .setRequestMarshaller(ProtoLiteUtils.marshaller(question))
                .setResponseMarshaller(ProtoLiteUtils.marshaller(answer))
                .build();
        var options = CallOptions.DEFAULT.withWaitForReady().withDeadlineAfter(SECONDS_MAX, TimeUnit.SECONDS);
        while (true) {
            try {
                return ClientCalls.blockingUnaryCall(channel, descriptor, options, question);
            } catch (StatusRuntimeException e) {
                if (!String.valueOf(e.getMessage()).contains(STARTING)) {
                    throw e;
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
        }
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
