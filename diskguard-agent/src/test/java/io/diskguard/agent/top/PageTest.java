/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.top;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageTest {
    @Test
    void whatRunsAtItsLimitStandsFirstAndIsMarkedInWords() {
        var rows = rows(Seen.few(), View.FIRST, 140);
        assertThat(rows.get(0))
                .startsWith("! shop/orders-db-0 postgres")
                .contains(" 200 ", " 100%", "█", " wiops ", "annotation");
        assertThat(rows.get(1)).startsWith("  shop/web").contains("smart", "15m 12m", " 78%");
        assertThat(rows.get(2)).contains("infra/registry", "foreign", " 3% ");
        assertThat(rows.get(3)).contains("infra/agent", " 5000 ", " max ", " none");
    }

    @Test
    void theHeadTellsOfNodeDiskAndPressure() {
        assertThat(text(Seen.few(), View.FIRST, 200, 24))
                .contains(
                        "diskguard top on node-1  2026-11-21T10:00:00Z  over 2.0 s  IO pressure (10 s): some 12.5% full 12.5%",
                        "4 pods, 4 containers, 3 limited, 1 at a limit",
                        "nvme0n1   util  87% ████████▊   r 12 w 1400/s  3 limited: r 0 w 513/s  1 others: r 0 w 5000/s");
    }

    @ParameterizedTest
    @CsvSource({"200, 50", "120, 24", "80, 24", "60, 12", "40, 8", "20, 4", "1, 1"})
    void everySizeIsFilledAndNothingIsWider(int width, int height) {
        for (var view : List.of(View.FIRST, View.FIRST.unit(Unit.BOTH), View.FIRST.help(true))) {
            var lines = Page.of(Seen.few(), view, false, width, height).lines();
            assertThat(lines).hasSize(height);
            assertThat(lines).allSatisfy(line -> assertThat(line.width()).isLessThanOrEqualTo(width));
        }
    }

    @Test
    void aNarrowWindowLosesTheColumnsOfLeastWorthFirst() {
        assertThat(header(60))
                .contains("POD", "CONTAINER", "ROPS/s", "WOPS/s", "USE")
                .doesNotContain("FROM");
        assertThat(header(80)).contains("POD", "DISK", "LIMIT", "USE");
        assertThat(header(100)).contains("FROM");
        assertThat(header(160)).contains("FROM", "AT LIMIT", "SMART SINCE", "OF LIMIT");
    }

    @Test
    void rowsAreSortedByAnyColumnBothWays() {
        var byName = View.FIRST.sortMoved(Columns.POD);
        assertThat(names(byName)).containsExactly("infra/agent", "infra/registry", "shop/orders-db-0", "shop/web");
        assertThat(names(byName.reversed())).startsWith("shop/web");
        for (var id : Columns.ids()) {
            var column = Columns.named(id).orElseThrow();
            assertThat(names(View.FIRST.sortMoved(column))).as(id).hasSize(4);
        }
        assertThat(names(View.FIRST.sortMoved(Columns.named("wiops").orElseThrow())))
                .startsWith("infra/agent");
    }

    @Test
    void rowsAreFilteredByTextNamespaceAndLimit() {
        assertThat(names(View.FIRST.filter("ORDERS"))).containsExactly("shop/orders-db-0");
        assertThat(names(View.FIRST.typing(Optional.of("regi")))).containsExactly("infra/registry");
        assertThat(names(View.FIRST.namespace(Optional.of("shop")))).hasSize(2);
        assertThat(names(View.FIRST.onlyLimited(true)))
                .doesNotContain("infra/agent")
                .hasSize(3);
        assertThat(text(Seen.few(), View.FIRST.filter("nope"), 80, 24)).contains("none of 4 rows is to be shown");
    }

    @Test
    void moreRowsThanTheWindowHoldsAreScrolled() {
        var seen = new Seen();
        for (var i = 0; i < 50; i++) {
            seen.writes(String.format("shop/web-%02d", i), "app", 1, 0);
        }
        var page = Page.of(seen.reading(), View.FIRST.top(45), false, 80, 24);
        assertThat(page.last()).isEqualTo(50 - page.page());
        assertThat(page.lines().get(22).text()).contains("shop/web-49");
        assertThat(page.lines().get(23).text()).contains("of 50");
    }

    @Test
    void aNameCannotSteerTheTerminal() {
        var reading =
                new Seen().writes("shop/\u001b[2Jx\u009b", "a\u202eb\nc漢", 1, 0).reading();
        assertThat(text(reading, View.FIRST, 140, 24)).contains("shop/?[2Jx?", "a?b?c?");
        assertThat(JsonLine.of(reading, row -> true))
                .matches("\\p{ASCII}*\n")
                .contains("\\u001B[2Jx\\u009B", "a\\u202Eb\\nc\\u6F22");
        assertThat(Page.of(reading, View.FIRST.typing(Optional.of("\u001b")), false, 80, 24)
                        .lines())
                .allSatisfy(line -> assertThat(line.text()).doesNotContain("\u001b"));
    }

    @Test
    void barsCanBeAscii() {
        var text = new StringBuilder();
        Page.of(Seen.few(), View.FIRST, true, 200, 24).lines().forEach(line -> text.append(line.text()));
        assertThat(text).contains("#########.", "########").matches("\\p{ASCII}*");
        assertThat(Bar.of(0.5, 8, false)).isEqualTo("████    ");
        assertThat(Bar.of(0.4375, 8, false)).isEqualTo("███▌    ");
        assertThat(Bar.of(7, 4, false)).isEqualTo("████");
    }

    @Test
    void aNumberIsAsShortAsATableNeeds() {
        assertThat(List.of(
                        Figures.amount(0, true),
                        Figures.amount(0.04, true),
                        Figures.amount(9.94, true),
                        Figures.amount(1234, true),
                        Figures.amount(123_456, true),
                        Figures.amount(1023, false),
                        Figures.amount(1536, false),
                        Figures.amount(5.0 * (1 << 30), false)))
                .containsExactly("0", "0.0", "9.9", "1234", "123K", "1023", "1.5K", "5.0G");
    }

    @Test
    void plainTextHasEveryColumnAndNothingThatMovesACursor() {
        var text = PlainText.of(Seen.few(), View.FIRST, true);
        assertThat(text).contains("ROPS/s", "WBYTE/s", "SMART SINCE", "USEv").doesNotContain("\u001b");
        assertThat(text.lines().filter(line -> line.startsWith("! "))).hasSize(1);
    }

    private static String header(int width) {
        return Page.of(Seen.few(), View.FIRST, false, width, 24).lines().get(3).text();
    }

    private static List<String> rows(Reading reading, View view, int width) {
        return Page.of(reading, view, false, width, 24).lines().stream()
                .map(Line::text)
                .skip(4)
                .limit(reading.rows().size())
                .toList();
    }

    private static List<String> names(View view) {
        return Table.of(Seen.few(), view, false, 200).rows().stream()
                .map(Row::podName)
                .toList();
    }

    private static String text(Reading reading, View view, int width, int height) {
        var text = new StringBuilder();
        Page.of(reading, view, false, width, height).lines().forEach(line -> text.append(line.text())
                .append('\n'));
        return text.toString();
    }
}
