/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.api;

import io.diskguard.agent.http.Health;
import java.util.List;

/** All is well. */
record Healthy() implements Health {
    @Override
    public Check liveness() {
        return new Check("loop", true, "turns");
    }

    @Override
    public List<Check> readiness() {
        return List.of();
    }
}
