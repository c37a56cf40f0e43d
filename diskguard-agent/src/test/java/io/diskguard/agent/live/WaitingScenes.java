/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.agent.node.LiveNode;
import io.diskguard.config.ConfigKey;
import io.diskguard.config.ConfigKeys;
import io.diskguard.reload.KeyChange;
import java.nio.file.Path;
import java.util.Map;

/** What needs a restart says so, and goes on as it was. */
final class WaitingScenes {
    private static final String CERTIFICATE = "kubelet_client_cert_path";
    private static final String KEY = "kubelet_client_key_path";

    private WaitingScenes() {}

    static Map<String, Scene> all() {
        return Map.of(
                "node_name",
                waits("node-b").with("node_name", "node-a"),
                "kubeconfig_path",
                waits("/etc/kubernetes/other.conf"),
                "pod_source",
                waits("kubelet").with("node_name", "node-a"),
                "kubelet_ca_path",
                waits("/etc/kubelet/ca.crt"),
                CERTIFICATE,
                waits("/etc/kubelet/b.crt").with(both()),
                KEY,
                waits("/etc/kubelet/b.key").with(both()),
                "kubelet_token_path",
                waits("/etc/kubelet/token"),
                "state_dir",
                Scene.of((node, key) -> {
                    var before = Path.of(inForce(node, "state_dir"));
                    var next = before.resolveSibling("other");
                    assertThat(LiveNode.isFree(before)).isFalse();
                    waits(node, key, next.toString());
                    assertThat(LiveNode.isFree(before)).isFalse();
                    assertThat(next).doesNotExist();
                    ends(node, key, before.toString());
                }),
                "http_address",
                Scene.of((node, key) -> {
                    var port = node.port();
                    waits(node, key, "127.0.0.1:1");
                    assertThat(node.port()).isEqualTo(port);
                    ends(node, key, "127.0.0.1:0");
                }));
    }

    private static Map<String, Object> both() {
        return Map.of(CERTIFICATE, "/etc/kubelet/a.crt", KEY, "/etc/kubelet/a.key");
    }

    private static Scene waits(String value) {
        return Scene.of((node, key) -> {
            var before = inForce(node, key.name());
            waits(node.runApp(), key, value);
            if (before.isEmpty()) {
                node.unset(key.name());
            } else {
                node.set(key.name(), before);
            }
            assertThat(node.status().waiting()).isEmpty();
        });
    }

    private static void waits(LiveNode node, LiveKey key, String value) {
        var before = inForce(node, key.name());
        key.waits(value);
        assertThat(node.status().waiting()).extracting(KeyChange::key).containsExactly(key.name());
        assertThat(inForce(node, key.name())).isEqualTo(before);
        assertThat(node.ready()).contains("\"ready\" : true", "valid; waiting for a restart: " + key.name());
        assertThat(node.metrics()).contains("diskguard_config_keys_waiting 1");
    }

    private static void ends(LiveNode node, LiveKey key, String value) {
        node.set(key.name(), value);
        assertThat(node.status().waiting()).isEmpty();
        assertThat(node.ready()).doesNotContain("waiting");
    }

    /** Of the configuration that runs; empty where nothing is said. */
    private static String inForce(LiveNode node, String key) {
        var value = node.status().inForce().effective().get(key);
        return value == null
                ? ConfigKeys.find(key).flatMap(ConfigKey::defaultText).orElse("")
                : value.value().toString();
    }
}
