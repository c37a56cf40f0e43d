/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.kills;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.e2e.churn.Limits;
import io.diskguard.model.DeviceId;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MarkTextTest {
    @Test
    void aMarkIsWrittenAsAnAgentWritesIt() {
        assertThat(MarkText.of(new DeviceId(8, 0), Limits.of(1, 2, 0, 4), Instant.EPOCH))
                .isEqualTo(
                        "{\"v\":1,\"d\":{\"8:0\":{\"l\":[1,2,0,4],\"o\":\"default\",\"at\":\"1970-01-01T00:00:00Z\"}}}");
    }
}
