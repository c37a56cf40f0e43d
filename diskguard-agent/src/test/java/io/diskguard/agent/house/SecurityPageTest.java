/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/security.md says holds something is there, and the values that it recommends are the chart's. */
class SecurityPageTest {
    private static final Path PAGE = Path.of("docs/security.md");
    private static final Pattern FILE = Pattern.compile("`((?:deploy|diskguard-agent|e2e)/[\\w./-]+|\\.ci/run)`");

    private final String page = House.read(PAGE);

    @Test
    void everyTestAndFileThatIsNamedExists() {
        var there = LessonsTest.tests();
        var named = LessonsTest.TEST
                .matcher(page)
                .results()
                .map(match -> match.group(1) + "#" + match.group(2))
                .toList();
        assertThat(named).hasSizeGreaterThan(30);
        assertThat(there).containsAll(new HashSet<>(named));
        assertThat(FILE.matcher(page).results().map(match -> match.group(1)))
                .hasSizeGreaterThan(3)
                .allSatisfy(file -> assertThat(House.root().resolve(file)).exists());
    }

    @Test
    void theValuesRecommendedAreValuesOfTheChart() throws JsonProcessingException {
        var chart = House.read(Path.of("deploy/helm/diskguard/values.yaml"));
        var blocks = DocumentsTest.blocks(PAGE, "yaml");
        assertThat(blocks).hasSize(1);
        var keys = new ArrayList<String>();
        new YAMLMapper().readTree(blocks.get(0)).properties().forEach(value -> {
            keys.add(value.getKey());
            if (value.getKey().equals("config")) {
                value.getValue().fieldNames().forEachRemaining(key -> assertThat(chart)
                        .containsPattern("(?m)^  # " + key + ": "));
            }
        });
        assertThat(keys)
                .containsExactlyElementsOf(List.of("admissionPolicy", "runtime", "config"))
                .allSatisfy(key -> assertThat(chart).containsPattern("(?m)^" + key + ":"));
    }
}
