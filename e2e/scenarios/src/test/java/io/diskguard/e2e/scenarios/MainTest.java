/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MainTest {
    @Test
    void whatStandsBeforeTheDashesIsRunBeforeWhatFollows() {
        assertThat(Main.groups(List.of("kernel", "node", "--", "disks")))
                .containsExactly(List.of("kernel", "node"), List.of("disks"));
    }

    @Test
    void whoWaitsForTheFirstGroupWaitsForNothingWhereItIsEmpty() {
        assertThat(Main.groups(List.of("--", "disks"))).containsExactly(List.of(), List.of("disks"));
        assertThat(Main.groups(List.of("kernel", "--"))).containsExactly(List.of("kernel"), List.of());
    }
}
