/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.benchmarks.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageTest {
    private static final Machine MACHINE = new Machine("Fast One", 2, "Linux 6.12", "JDK 17");
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);
    private static final Row PLAN =
            new Row(new Budget("3", "a full plan", "ms", 5, 1), Optional.of(Spread.of(1.5, 0.75, 2, 1.25, 9)), "");
    private static final Row GARBAGE =
            new Row(new Budget("3", "a full plan: garbage", "kB", 1000), Optional.of(Spread.of(1018)), "");
    private static final Row READING =
            new Row(new Budget("1", "reading", "× the loop in C", 2.5, 2), Optional.empty(), "no C compiler here");
    private static final String BEFORE = "# Performance\n\nRow 3 | untouched\n\n<!-- rows:begin -->\n";
    private static final String AFTER = "<!-- rows:end -->\n\n| a table | of its own |\n";

    @TempDir
    Path directory;

    private Path page;

    @BeforeEach
    void measure() throws IOException {
        page = directory.resolve("performance.md");
        new Results(MACHINE, TODAY, false, List.of(PLAN, GARBAGE)).write(directory.resolve("results/Plan.json"));
        new Results(MACHINE, TODAY, false, List.of(READING)).write(directory.resolve("results/ReadStats.json"));
    }

    @Test
    void whatIsKeptInAFileIsReadAsItWas() throws IOException {
        assertThat(Results.read(directory.resolve("results/Plan.json")))
                .isEqualTo(new Results(MACHINE, TODAY, false, List.of(PLAN, GARBAGE)));
        assertThat(Results.read(directory.resolve("results/ReadStats.json")).rows())
                .containsExactly(READING);
    }

    @Test
    void allResultsAreATableInTheOrderOfTheBudgetWithTheMachineAndTheDay() throws IOException {
        Files.writeString(page, BEFORE + "an old table\n" + AFTER);

        write();

        assertThat(page).hasContent(BEFORE + """
                | | what | median | spread | reach | aim | |
                |---|---|---|---|---|---|---|
                | 1 | reading |  |  | 2.50 | 2 | not measured: no C compiler here |
                | 3 | a full plan | 1.50 ms | 0.75 to 9 | 5 | 1 | reach |
                | 3 | a full plan: garbage | 1,018 kB | 1,018 to 1,018 | 1,000 | 1,000 | **missed** |

                Rows 1, 3: Fast One, 2 cores, Linux 6.12, JDK 17, 2026-11-22.
                """ + AFTER);
    }

    @Test
    void writingAgainChangesNothing() throws IOException {
        Files.writeString(page, BEFORE + AFTER);
        write();
        var once = Files.readString(page);

        write();

        assertThat(page).hasContent(once);
    }

    @Test
    void rowsOfAQuickLookSaySo() throws IOException {
        new Results(MACHINE, TODAY, true, List.of(PLAN)).write(directory.resolve("results/Plan.json"));
        Files.writeString(page, BEFORE + AFTER);

        write();

        assertThat(page)
                .content()
                .contains(
                        "Row 3: Fast One, 2 cores, Linux 6.12, JDK 17, 2026-11-22, measured quickly: no final figures.")
                .contains("Row 1: Fast One, 2 cores, Linux 6.12, JDK 17, 2026-11-22.");
    }

    @Test
    void aPageWithoutTheMarkersStaysAsItIs() throws IOException {
        for (var text : List.of("no marker\n", BEFORE, AFTER, AFTER + BEFORE)) {
            Files.writeString(page, text);

            assertThatThrownBy(this::write)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("<!-- rows:")
                    .hasMessageContaining("performance.md");
            assertThat(page).hasContent(text);
        }
    }

    private void write() throws IOException {
        Page.main(new String[] {directory.resolve("results").toString(), page.toString()});
    }
}
