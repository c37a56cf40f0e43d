/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.diskguard.agent.house.House;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the page tells people to type and to believe. Its helm commands are rendered by {@code deploy/check}. */
class DeployPageTest {
    private final String page = House.read(Path.of("docs/deploy.md"));
    private final String chartPage = House.read(Manifests.CHART.resolve("README.md"));

    @Test
    void everyFileThatACommandNamesIsThere() {
        assertThat(found(page + chartPage, "(?<![\\w./])(deploy/[\\w./-]*[\\w])"))
                .hasSizeGreaterThan(5)
                .allSatisfy(file -> assertThat(House.root().resolve(file)).exists());
    }

    @Test
    void everyValueThatIsSetExists() throws IOException {
        var schema = new ObjectMapper().readTree(House.read(Manifests.CHART.resolve("values.schema.json")));
        assertThat(found(page + chartPage, "--set '?([\\w.]+)"))
                .hasSizeGreaterThan(4)
                .allSatisfy(value -> {
                    JsonNode at = schema;
                    for (var name : value.split("\\.")) {
                        at = at.path("type").asText().equals("array")
                                ? at
                                : at.path("properties").path(name);
                    }
                    assertThat(at.isMissingNode()).as(value).isFalse();
                });
    }

    /** Helm counts a DaemonSet as ready without as many pods as may be unavailable, on one node without any. */
    @Test
    void whatIsInstalledOrTakenBackIsWaitedForWithKubectl() {
        assertThat(found(page + chartPage, "(helm upgrade[^\\n]*(?:\\\\\\n[^\\n]*)*)"))
                .hasSizeGreaterThan(4)
                .noneMatch(command -> command.contains("--wait"));
        assertThat(page)
                .containsPattern("on_shutdown=clear\\nkubectl [^\\n]* rollout restart [^\\n]*"
                        + "\\nkubectl [^\\n]* rollout status [^\\n]*\\nhelm uninstall");
    }

    @Test
    void whatKubectlIsAskedForExists() {
        var names = Manifests.read(Manifests.AGENT).stream()
                .map(object -> object.getKind().toLowerCase(Locale.ROOT) + "/"
                        + object.getMetadata().getName())
                .toList();
        assertThat(names).containsAll(found(page, "(daemonset/\\w+)"));
        assertThat(names).contains("configmap/diskguard", "namespace/diskguard");
        var labels = Manifests.only(Manifests.AGENT, DaemonSet.class)
                .getSpec()
                .getTemplate()
                .getMetadata()
                .getLabels();
        assertThat(found(page, " -l (\\S+)")).allSatisfy(selector -> assertThat(labels)
                .containsEntry(selector.split("=")[0], selector.split("=")[1]));
    }

    @Test
    void everyMountAndEveryPermissionIsExplained() {
        assertThat(Manifests.container().getVolumeMounts())
                .extracting(VolumeMount::getMountPath)
                .allSatisfy(path -> assertThat(page).contains("`" + path + "`"));
        for (var rule : Manifests.only(Manifests.AGENT, ClusterRole.class).getRules()) {
            for (var resource : rule.getResources()) {
                var explained = String.join(" ", found(page, "(?m)^\\| `" + resource + "` \\| ([a-z, ]+) \\|"));
                assertThat(explained.split("[, ]+")).as(resource).containsExactlyInAnyOrderElementsOf(rule.getVerbs());
            }
        }
    }

    @Test
    void manifestsOnThePageAreKnownToTheApiServer() {
        var blocks = found(page, "(?ms)^```yaml\\n(.*?)\\n```$");
        assertThat(blocks).isNotEmpty().allSatisfy(block -> assertThat(Manifests.documents(block))
                .allSatisfy(document -> assertThat(Manifests.typed(document)).isInstanceOf(HasMetadata.class)));
    }

    @Test
    void everyValueIsOnTheChartsPage() {
        var values = Manifests.documents(House.read(Manifests.CHART.resolve("values.yaml")))
                .get(0);
        values.fieldNames()
                .forEachRemaining(name -> assertThat(chartPage).containsPattern("`" + Pattern.quote(name) + "[.`]"));
    }

    private static List<String> found(String text, String pattern) {
        try (Stream<String> matches =
                Pattern.compile(pattern).matcher(text).results().map(match -> match.group(1))) {
            return matches.distinct().toList();
        }
    }
}
