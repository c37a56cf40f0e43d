/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class MountTableTest {
    private static Optional<String> sourceAt(String table, String path) {
        return MountTable.parse("mountinfo", table).at(path).map(Mount::source);
    }

    @Test
    void ofMountsStackedOnOnePointTheTopmostHoldsWhateverTheOrder() {
        var root = "21 1 8:1 / / rw - ext4 root rw\n";
        var lower = "30 21 8:0 / /data rw - xfs lower rw\n";
        var middle = "25 30 8:0 / /data rw - xfs middle rw\n";
        var upper = "31 25 8:0 / /data rw - xfs upper rw\n";
        assertThat(sourceAt(root + lower + middle + upper, "/data")).contains("upper");
        assertThat(sourceAt(upper + middle + lower + root, "/data")).contains("upper");
    }

    @Test
    void aMountOnACoveredDirectoryIsNotWhatItsPathLeadsTo() {
        var table = """
                21 1 8:1 / / rw - ext4 root rw
                30 21 8:2 / /data rw - xfs old rw
                31 30 8:3 / /data/pg rw - xfs covered rw
                32 30 8:4 / /data rw - xfs new rw
                """;
        assertThat(sourceAt(table, "/data/pg")).isEmpty();
        assertThat(MountTable.parse("mountinfo", table).containing("/data/pg").map(Mount::source))
                .contains("new");
        assertThat(sourceAt(table + "33 32 8:5 / /data/pg rw - xfs visible rw\n", "/data/pg"))
                .contains("visible");
    }

    @Test
    void theRootThatTheKernelStartedWithIsCoveredByTheRealOne() {
        var table = "1 1 0:2 / / rw - rootfs rootfs rw\n21 1 8:1 / / rw - ext4 /dev/sda1 rw\n";
        assertThat(sourceAt(table, "/")).contains("/dev/sda1");
    }

    @Test
    void aTableThatBeginsBelowTheRootIsRead() {
        var table = "30 21 8:0 / /data rw - xfs one rw\n31 21 8:0 / /data rw - xfs other rw\n";
        assertThat(sourceAt(table, "/data")).contains("other");
        assertThat(sourceAt(table, "/")).isEmpty();
    }

    @Test
    void optionalFieldsAreAnyNumber() {
        for (var fields : new String[] {"", "shared:5 ", "shared:5 master:3 propagate_from:2 unbindable "}) {
            assertThat(sourceAt("30 21 8:0 / /data rw " + fields + "- xfs source rw\n", "/data"))
                    .contains("source");
        }
    }

    @Test
    void escapesAreUndoneAndAnEmptySourceIsNone() {
        assertThat(sourceAt("30 21 8:0 / /a\\040b\\011\\012\\134\\303\\244 rw - xfs /dev/x\\040y rw\n", "/a b\t\n\\ä"))
                .contains("/dev/x y");
        assertThat(sourceAt("30 21 0:9 / /empty rw - tmpfs  rw\n", "/empty")).contains("");
    }

    @Test
    void linesThatAreNoneAreLeftOut() {
        assertThat(sourceAt("""

                30 21 8:0 / /data rw
                30 21 8:0 / /data rw - xfs
                30 21 8 / /data rw - xfs no rw
                a b 8:0 / /data rw - xfs no rw
                30 21 99999:0 / /data rw - xfs no rw
                30 21 8:0 / data rw - xfs no rw
                \u0000\uFFFD
                """, "/data")).isEmpty();
    }

    @Test
    void aMountWithinAMountOfMountsIsFoundAmongManyThousands() {
        var table = new StringBuilder("1 0 8:1 / / rw - ext4 root rw\n");
        for (var i = 0; i < 20_000; i++) {
            table.append(i + 2)
                    .append(" 1 0:")
                    .append(i)
                    .append(" / /pods/")
                    .append(i)
                    .append(" rw - tmpfs t rw\n");
        }
        assertThat(sourceAt(table + "50000 7 8:0 / /pods/5/data rw - xfs deep rw\n", "/pods/5/data"))
                .contains("deep");
    }
}
