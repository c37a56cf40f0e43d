/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.scenarios.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FindingsTest {
    private static final String SAID = """
            {"findings": [
              {"id": "disks", "verdict": "ok", "found": "/data is on nvme1n1"},
              {"id": "disks", "verdict": "wrong", "found": "/gone is not there"},
              {"id": "limit-files", "verdict": "ok", "found": "it can be written"}]}
            """;

    @Test
    void aCheckIsGoodOnlyWhereItIsContent() {
        var findings = Findings.parse(SAID);

        assertThat(findings.good("disks")).containsExactly("/data is on nvme1n1");
        assertThat(findings.with("wrong")).extracting(Findings.Finding::found).containsExactly("/gone is not there");
        assertThat(findings.good("counting")).isEmpty();
    }

    @Test
    void aDoctorThatFailsIsShownInItsOwnWords() {
        assertThatThrownBy(() -> Findings.parse("Exception in thread main"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Exception in thread main");
    }
}
