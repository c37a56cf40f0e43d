/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.benchmarks.soak;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LiveHeapTest {
    @Test
    void bothGenerationsCountAndTheirSpacesDoNot() {
        assertThat(LiveHeap.parse("""
                4711:
                 def new generation   total 1856K, used 24K [0x00000000fc000000, 0x00000000fc200000, 0x00000000fc200000)
                  eden space 1664K,   1% used [0x00000000fc000000, 0x00000000fc0059d0, 0x00000000fc1a0000)
                 tenured generation   total 15336K, used 1000K [0x00000000fc200000, 0x00000000fd0fa000, 0x0000000100000000)
                   the space 15336K,  93% used [0x00000000fc200000, 0x00000000fcff9588, 0x00000000fcff9600, 0x00000000fd0fa000)
                 Metaspace       used 3230K, committed 3648K, reserved 1114112K
                """)).hasValue(1);
        assertThat(LiveHeap.parse("4711:\n garbage-first heap   total 65536K, used 4024K\n"))
                .isEmpty();
    }
}
