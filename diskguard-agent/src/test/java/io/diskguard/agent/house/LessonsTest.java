/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page of lessons promises tests: each is there. */
class LessonsTest {
    private static final Path PAGE = Path.of("docs/lessons.md");
    static final Pattern TEST = Pattern.compile("`(\\w+)#(\\w+)`");
    private static final Pattern METHOD = Pattern.compile("\\bvoid (\\w+)\\(");

    /** Every test of the house, as a page names it. */
    static Set<String> tests() {
        var there = new HashSet<String>();
        for (var source : House.files()) {
            var name = source.getFileName().toString();
            if (name.endsWith("Test.java") || name.endsWith("Tck.java")) {
                var type = name.substring(0, name.length() - ".java".length());
                METHOD.matcher(House.read(source)).results().forEach(method -> there.add(type + "#" + method.group(1)));
            }
        }
        return there;
    }

    @Test
    void everyTestThatIsNamedExists() {
        var named = TEST.matcher(House.read(PAGE))
                .results()
                .map(match -> match.group(1) + "#" + match.group(2))
                .toList();

        assertThat(named).hasSizeGreaterThan(30).doesNotHaveDuplicates();
        assertThat(tests()).containsAll(named);
    }

    @Test
    void everyLessonNamesATest() {
        var lessons = House.read(PAGE)
                .lines()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| what "))
                .toList();
        assertThat(lessons).hasSizeGreaterThan(20).allSatisfy(line -> assertThat(line)
                .containsPattern(TEST));
    }
}
