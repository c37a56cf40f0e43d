/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Supplier;

/** How extension points name themselves. */
final class Names {
    private static final String KEBAB_CASE = "[a-z][a-z0-9]*(-[a-z0-9]+)*";

    private Names() {}

    /** Expects a kebab-case name, and the same one each time. */
    static void check(Supplier<String> name) {
        assertThat(name.get())
                .as("name(): kebab-case (my-plugin), as configuration selects by it and people read it")
                .isNotNull()
                .matches(KEBAB_CASE);
        assertThat(name.get()).as("name() never changes").isEqualTo(name.get());
    }
}
