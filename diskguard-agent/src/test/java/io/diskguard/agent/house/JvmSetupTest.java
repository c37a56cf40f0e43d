/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The launcher, the image and the chart start the agent's JVM alike: what is in two files is all of it. */
class JvmSetupTest {
    private static final Path OPTIONS = Path.of("diskguard-agent/jvm.options");
    private static final Path VARIABLES = Path.of("diskguard-agent/jvm.env");
    private static final Path IMAGE = Path.of("deploy/image/Containerfile");
    private static final Pattern ARENAS = Pattern.compile("MALLOC_ARENA_MAX(?:=|\", \")(\\d+)");

    @Test
    void eachOptionAndEachVariableHasItsReason() {
        for (var file : List.of(OPTIONS, VARIABLES)) {
            for (var paragraph : House.read(file).split("\n\n")) {
                assertThat(paragraph).as(file.toString()).startsWith("# ");
            }
        }
    }

    @Test
    void launcherAndImageReadTheSameFiles() {
        assertThat(House.read(Path.of("diskguard")))
                .contains("exec \"$java\" \"@$home/" + OPTIONS + "\"", ". \"$home/" + VARIABLES + "\"");
        assertThat(House.read(Path.of("deploy/image/assemble")))
                .contains("\"$home/" + OPTIONS + "\"", "cat \"$dest/jvm.options\"", ". \"$home/" + VARIABLES + "\"");
        assertThat(House.read(IMAGE))
                .contains("ENTRYPOINT [\"/opt/diskguard/runtime/bin/java\", \"@/opt/diskguard/diskguard\"]");
    }

    @Test
    void theImagesEnvironmentIsThatOfTheFile() {
        var set = House.read(IMAGE)
                .lines()
                .filter(line -> line.startsWith("ENV "))
                .flatMap(line -> Arrays.stream(line.substring(4).split(" ")))
                .filter(variable -> !variable.startsWith("PATH="))
                .toList();
        assertThat(set).containsExactlyInAnyOrderElementsOf(variables());
    }

    @Test
    void nobodyWantsAnotherNumberOfArenas() {
        var wanted = variables().stream()
                .flatMap(variable -> ARENAS.matcher(variable).results().map(found -> found.group(1)))
                .collect(Collectors.toSet());
        var values = House.files().stream()
                .filter(file -> !file.toString().matches(".*\\.(bin|gz|png|jar|md)"))
                .flatMap(file -> ARENAS.matcher(House.read(file)).results().map(found -> found.group(1)))
                .collect(Collectors.toSet());
        assertThat(values).hasSize(1).isEqualTo(wanted);
    }

    /** A command would replace the image's, and with it all options. */
    @Test
    void theChartAddsNeitherOptionsNorACommandOfItsOwn() {
        assertThat(House.files().stream()
                        .filter(file -> file.startsWith("deploy/manifests") || file.startsWith("deploy/helm"))
                        .filter(file -> file.toString().endsWith(".yaml"))
                        .flatMap(JvmSetupTest::lines))
                .noneMatch(line -> line.matches("-? *command:.*"))
                .noneMatch(line -> line.matches("(?i).*(MALLOC_|LC_ALL|JAVA_|JVM_|_OPTS| -X).*"));
    }

    private static List<String> variables() {
        return lines(VARIABLES).toList();
    }

    private static Stream<String> lines(Path file) {
        return House.read(file).lines().map(String::strip).filter(line -> !line.isEmpty() && !line.startsWith("#"));
    }
}
