/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.testkit.Pods;
import java.util.List;
import java.util.Map;

/** Who is never limited: a limit goes, and comes back. */
final class ExclusionScenes {
    private ExclusionScenes() {}

    static Map<String, Scene> all() {
        return Map.of(
                "exclude_keywords", excludes(List.of("app")),
                "exclude_namespaces", excludes("kube-system,default"),
                "exclude_label_selector", excludes("tier in (db,cache)"),
                "exclude_regexps", excludes(List.of("^default/db/a")));
    }

    private static Scene excludes(Object value) {
        return Scene.of((node, key) -> {
            node.run(Pods.pod("db").label("tier", "db").container("app").build());
            assertThat(node.limit()).contains("riops=500 wiops=500");
            key.to(value);
            assertThat(node.limit()).contains("riops=max wiops=max");
            key.unset();
            assertThat(node.limit()).contains("riops=500 wiops=500");
        });
    }
}
