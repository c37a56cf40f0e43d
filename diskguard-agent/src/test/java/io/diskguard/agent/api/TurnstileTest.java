/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TurnstileTest {
    private final Turnstile turnstile = new Turnstile(1);

    @Test
    void whoComesWhileAllPlacesAreTakenIsSentAwayAtOnce() throws Refused {
        turnstile.pass(() -> {
            assertThatThrownBy(() -> turnstile.pass(() -> "second"))
                    .isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.status())
                            .isEqualTo(503));
            return "first";
        });
    }

    @Test
    void aPlaceIsFreeAgainAfterwardsAlsoWhereItWasRefused() throws Refused {
        assertThatThrownBy(() -> turnstile.pass(() -> {
                    throw Refused.missing("nothing");
                }))
                .isInstanceOf(Refused.class);

        assertThat(turnstile.<String>pass(() -> "next")).isEqualTo("next");
    }
}
