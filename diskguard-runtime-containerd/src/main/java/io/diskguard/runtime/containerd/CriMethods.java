/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.runtime.containerd;

import com.google.protobuf.MessageLite;
import io.diskguard.runtime.containerd.wire.Cri.ContainerStatusRequest;
import io.diskguard.runtime.containerd.wire.Cri.ContainerStatusResponse;
import io.diskguard.runtime.containerd.wire.Cri.PodSandboxStatusRequest;
import io.diskguard.runtime.containerd.wire.Cri.PodSandboxStatusResponse;
import io.diskguard.runtime.containerd.wire.Cri.VersionRequest;
import io.diskguard.runtime.containerd.wire.Cri.VersionResponse;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.protobuf.lite.ProtoLiteUtils;

/** The calls of {@code runtime.v1.RuntimeService} that are used. */
final class CriMethods {
    static final String SERVICE = "runtime.v1.RuntimeService";

    static final MethodDescriptor<VersionRequest, VersionResponse> VERSION =
            method("Version", VersionRequest.getDefaultInstance(), VersionResponse.getDefaultInstance());
    static final MethodDescriptor<ContainerStatusRequest, ContainerStatusResponse> CONTAINER_STATUS = method(
            "ContainerStatus",
            ContainerStatusRequest.getDefaultInstance(),
            ContainerStatusResponse.getDefaultInstance());
    static final MethodDescriptor<PodSandboxStatusRequest, PodSandboxStatusResponse> POD_SANDBOX_STATUS = method(
            "PodSandboxStatus",
            PodSandboxStatusRequest.getDefaultInstance(),
            PodSandboxStatusResponse.getDefaultInstance());

    private CriMethods() {}

    static <Q extends MessageLite, A extends MessageLite> MethodDescriptor<Q, A> method(
            String name, Q question, A answer) {
        return MethodDescriptor.<Q, A>newBuilder()
                .setType(MethodType.UNARY)
                .setFullMethodName(MethodDescriptor.generateFullMethodName(SERVICE, name))
                .setRequestMarshaller(ProtoLiteUtils.marshaller(question))
                .setResponseMarshaller(ProtoLiteUtils.marshaller(answer))
                .build();
    }
}
