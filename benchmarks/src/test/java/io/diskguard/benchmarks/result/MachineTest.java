/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.benchmarks.result;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MachineTest {
    @Test
    void theProcessorIsNamedAsTheKernelNamesIt() {
        assertThat(Machine.processor("processor\t: 0\nmodel name\t: Some CPU @ 2.10GHz\nprocessor\t: 1\n"))
                .isEqualTo("Some CPU @ 2.10GHz");
    }

    @Test
    void aProcessorWithoutANameIsOfAnArchitecture() {
        assertThat(Machine.processor("processor\t: 0\nCPU implementer\t: 0x41\n"))
                .isEqualTo(System.getProperty("os.arch"));
    }
}
