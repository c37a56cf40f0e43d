/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compared with {@code resource.ParseQuantity} of k8s.io/apimachinery v0.37.2. */
class QuantityTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "500, 500",
        "2k, 2000",
        "10M, 10000000",
        "50Mi, 52428800",
        "1G, 1000000000",
        "1Gi, 1073741824",
        "1Ki, 1024",
        "1Ti, 1099511627776",
        "1Pi, 1125899906842624",
        "1Ei, 1152921504606846976",
        "1e3, 1000",
        "1E3, 1000",
        "1E, 1000000000000000000",
        "1.5Gi, 1610612736",
        "0.5k, 500",
        "2., 2",
        "2000m, 2",
        "3000000u, 3",
        "5000e-3, 5",
        "+7, 7",
        "9223372036854775807, 9223372036854775807"
    })
    void readsWholeNumbersAsKubernetesWritesThem(String text, long expected) {
        assertThat(Quantity.parse(text)).hasValue(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "-1",
                "1.5",
                "0.1Ki",
                "100m",
                "1u",
                "1n",
                "9223372036854775808",
                "8Ei",
                "1e19",
                "1e99",
                "abc",
                "1K",
                "1 k",
                "1kk",
                "0x10",
                "1e-1",
                "1500m",
                "M",
                "k",
                "e3",
                "-0",
                "9223372036854775808Ki",
                ".",
                "Ki",
                "10MB",
                "NaN",
                "١"
            })
    void whatIsNoWholeNonNegativeNumberIsNone(String text) {
        assertThat(Quantity.parse(text)).isEqualTo(OptionalLong.empty());
    }

    @ParameterizedTest
    @CsvSource({"10MB, 10000000", "50MiB, 52428800", "1024B, 1024", "50Mi, 52428800"})
    void bytesMayBearTheirUnit(String text, long expected) {
        assertThat(Quantity.parseBytes(text)).hasValue(expected);
    }
}
