/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.live;

import static io.diskguard.agent.node.LiveNode.APP;
import static io.diskguard.agent.node.LiveNode.DATA;
import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.agent.node.LiveNode;
import io.diskguard.model.CgroupPath;
import java.util.Map;

/** Who is asked where a container is that is not where the kubelet puts containers: its limit is seen there, or not. */
final class RuntimeScenes {
    private static final CgroupPath ELSEWHERE = new CgroupPath("/machine/" + APP.id());

    private RuntimeScenes() {}

    static Map<String, Scene> all() {
        return Map.of(
                "container_runtime",
                        Scene.of((node, key) -> {
                            lost(node).knows("containerd", "", APP, ELSEWHERE).minutes(1);
                            assertThat(node.limit(ELSEWHERE, DATA)).contains("wiops=500");
                            key.to("docker");
                            anew(node);
                            assertThat(node.limit(ELSEWHERE, DATA)).contains("wiops=max");
                            key.to("containerd");
                            assertThat(node.limit(ELSEWHERE, DATA)).contains("wiops=500");
                            key.to("none");
                            anew(node);
                            assertThat(node.limit(ELSEWHERE, DATA)).contains("wiops=max");
                        }),
                "container_socket_path",
                        Scene.of((node, key) -> {
                            lost(node)
                                    .knows("containerd", "/run/other.sock", APP, ELSEWHERE)
                                    .minutes(1);
                            assertThat(node.limit(ELSEWHERE, DATA)).contains("wiops=max");
                            key.to("unix:///run/other.sock");
                            assertThat(node.limit(ELSEWHERE, DATA)).contains("wiops=500");
                            key.unset();
                            anew(node);
                            assertThat(node.limit(ELSEWHERE, DATA)).contains("wiops=max");
                        }),
                "containerd_namespace",
                        Scene.of((node, key) -> {
                            lost(node).knows("containerd", "", APP, ELSEWHERE).minutes(1);
                            var reload = key.to("moby");
                            assertThat(reload.warnings()).singleElement().satisfies(warning -> assertThat(
                                            warning.toString())
                                    .contains("containerd_namespace")
                                    .contains("has no effect"));
                            assertThat(node.limit(ELSEWHERE, DATA)).contains("wiops=500");
                        }));
    }

    private static LiveNode lost(LiveNode node) {
        var cgroups = node.simulated().cgroups();
        node.runApp();
        cgroups.rmdirRecursive(node.simulated().cgroupOf(APP).orElseThrow());
        cgroups.makeAll(ELSEWHERE);
        return node;
    }

    /** A limit stays where nobody knows any more whose it is: a cgroup without one shows whether anybody does. */
    private static void anew(LiveNode node) {
        node.simulated().cgroups().rmdirRecursive(ELSEWHERE);
        node.simulated().cgroups().makeAll(ELSEWHERE);
        node.minutes(1);
    }
}
