/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rules that class files do not show. */
class SourcesTest {
    private static final int LONGEST = 500;
    private static final int MEDIAN = 100;

    private static final Pattern KERNEL_PATH = Pattern.compile("\"/(proc|sys)[/\"]");
    private static final Pattern SLEEP = Pattern.compile("\\b(Thread|SECONDS|MILLISECONDS)\\s*\\.\\s*sleep\\s*\\(");

    private static final Pattern DEFAULT_RANDOM = Pattern.compile("RandomGenerator\\s*\\.\\s*(getDefault|of)\\(");

    /** Home directories, work directories and the like: a file system root right after a delimiter. */
    private static final Pattern BUILD_MACHINE =
            Pattern.compile("(?<![\\w.*})-])/(work|root|workspace|home/\\w+|Users/\\w+)/");

    private static final Set<String> TEXT =
            Set.of("java", "md", "xml", "yaml", "yml", "json", "sh", "properties", "txt", "");

    @Test
    void theRulesSeeTheSources() {
        assertThat(House.mainSources()).hasSizeGreaterThan(40);
        assertThat(House.testSources()).hasSizeGreaterThan(4);
    }

    @Test
    void onlyHostPathsNamesProcAndSys() {
        assertThat(House.mainSources())
                .filteredOn(f -> !f.startsWith("benchmarks"))
                .filteredOn(f -> !f.endsWith("HostPaths.java"))
                .filteredOn(contains(KERNEL_PATH))
                .isEmpty();
    }

    @Test
    void nothingSleepsNotEvenATest() {
        assertThat(Stream.concat(House.mainSources().stream(), House.testSources().stream()))
                .filteredOn(contains(SLEEP))
                .isEmpty();
    }

    /** It is of a module that no other asks for, so that a Java made of those that are needed has it not. */
    @Test
    void nothingWantsTheDefaultRandomGenerator() {
        assertThat(House.mainSources()).filteredOn(contains(DEFAULT_RANDOM)).isEmpty();
    }

    @Test
    void filesStaySmall() {
        var lengths = House.mainSources().stream()
                .map(f -> House.read(f).lines().count())
                .sorted()
                .toList();
        assertThat(House.mainSources())
                .filteredOn(f -> House.read(f).lines().count() > LONGEST)
                .isEmpty();
        assertThat(lengths.get(lengths.size() / 2)).as("median length").isLessThan(MEDIAN);
    }

    @Test
    void everyPackageSaysWhatItIs() {
        var packages = new TreeSet<Path>();
        for (var file : House.mainSources()) {
            if (!file.endsWith("module-info.java")) {
                packages.add(file.getParent());
            }
        }
        assertThat(packages).allSatisfy(p -> {
            var info = p.resolve("package-info.java");
            assertThat(House.root().resolve(info)).exists();
            assertThat(House.read(info)).contains("/**").contains("NullMarked");
        });
    }

    @Test
    void nothingNamesAMachineThatItWasBuiltOn() {
        assertThat(House.files())
                .filteredOn(f -> TEXT.contains(extension(f)))
                .filteredOn(contains(BUILD_MACHINE))
                .isEmpty();
    }

    @Test
    void everySourceCarriesTheLicence() {
        for (var sources : List.of(House.mainSources(), House.testSources())) {
            assertThat(sources)
                    .allSatisfy(f -> assertThat(House.read(f)).startsWith("/* SPDX-License-Identifier: Apache-2.0 */"));
        }
        assertThat(House.read(Path.of("LICENSE"))).contains("Apache License", "END OF TERMS AND CONDITIONS");
    }

    private static Predicate<Path> contains(Pattern pattern) {
        return file -> pattern.matcher(House.read(file)).find();
    }

    private static String extension(Path file) {
        var name = file.getFileName().toString();
        return name.contains(".") ? name.substring(name.lastIndexOf('.') + 1) : "";
    }
}
