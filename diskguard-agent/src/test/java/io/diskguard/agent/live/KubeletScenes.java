/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.agent.node.Ear;
import io.diskguard.agent.node.LiveNode;
import java.nio.file.Path;
import java.util.Map;

/** Where the kubelet is asked for statistics, and whom it has to be: heard by who listens there. */
final class KubeletScenes {
    private static final String PORT = "kubelet_port";
    private static final String HOST = "kubelet_host";
    private static final String LOOPBACK = "127.0.0.1";

    private KubeletScenes() {}

    static Map<String, Scene> all() {
        return Map.of(
                HOST,
                asked((node, key) -> {
                    try (var first = new Ear(LOOPBACK, 0);
                            var second = new Ear("127.0.0.2", first.port())) {
                        node.set(PORT, first.port());
                        assertThat(hears(node, first)).isTrue();
                        assertThat(second.heard()).isEmpty();
                        key.to("127.0.0.2");
                        assertThat(hears(node, second)).isTrue();
                        isLeft(node, first, second);
                    }
                }),
                PORT,
                asked((node, key) -> {
                    try (var first = new Ear(LOOPBACK, 0);
                            var second = new Ear(LOOPBACK, 0)) {
                        key.to(first.port());
                        assertThat(hears(node, first)).isTrue();
                        assertThat(second.heard()).isEmpty();
                        key.to(String.valueOf(second.port()));
                        assertThat(hears(node, second)).isTrue();
                        isLeft(node, first, second);
                    }
                }),
                "kubelet_server_name",
                asked((node, key) -> {
                    try (var ear = new Ear(LOOPBACK, 0)) {
                        node.set(PORT, ear.port());
                        assertThat(hears(node, ear)).isTrue();
                        assertThat(ear.heard()).noneMatch(hello -> hello.contains("node.acme.example"));
                        key.to("node.acme.example");
                        assertThat(node.comes(
                                        () -> ear.heard().stream().anyMatch(it -> it.contains("node.acme.example"))))
                                .isTrue();
                    }
                }),
                "kubelet_skip_verify",
                asked((node, key) -> {
                    try (var kubelet = new SelfSigned(Path.of(stateDir(node)))) {
                        node.runApp().set(PORT, kubelet.port());
                        assertThat(node.comes(() -> kubelet.connections() > 1)).isTrue();
                        assertThat(kubelet.requests()).isZero();
                        key.to(true);
                        assertThat(node.comes(() -> kubelet.requests() > 0)).isTrue();
                        key.to(false);
                        var connections = kubelet.connections();
                        assertThat(node.comes(() -> kubelet.connections() > connections))
                                .isTrue();
                        var requests = kubelet.requests();
                        assertThat(node.comes(() -> kubelet.connections() > connections + 1))
                                .isTrue();
                        assertThat(kubelet.requests()).isEqualTo(requests);
                    }
                }),
                "smart_limit_use_kubelet_api",
                asked((node, key) -> {
                            try (var ear = new Ear(LOOPBACK, 0)) {
                                node.set(PORT, ear.port());
                                assertThat(node.runApp().minutes(5).rounds()).isPositive();
                                assertThat(ear.heard()).isEmpty();
                                key.to(true);
                                assertThat(hears(node, ear)).isTrue();
                            }
                        })
                        .with("smart_limit_use_kubelet_api", false));
    }

    private static Scene asked(Scene.Play play) {
        return SmartScenes.operations(play).with(HOST, LOOPBACK).with("smart_limit_use_kubelet_api", true);
    }

    private static boolean hears(LiveNode node, Ear ear) {
        var before = ear.heard().size();
        return node.runApp().comes(() -> ear.heard().size() > before);
    }

    /** What was still under way has come by the time that the other one is asked again. */
    private static void isLeft(LiveNode node, Ear first, Ear second) {
        assertThat(hears(node, second)).isTrue();
        var before = first.heard().size();
        assertThat(hears(node, second)).isTrue();
        assertThat(first.heard()).hasSize(before);
    }

    private static String stateDir(LiveNode node) {
        return node.status().inForce().effective().get("state_dir").value().toString();
    }
}
