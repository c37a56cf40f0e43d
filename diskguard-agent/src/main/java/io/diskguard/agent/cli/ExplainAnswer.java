/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.cli;

import io.diskguard.agent.node.PodName;
import io.diskguard.agent.remote.RunningAgent;
import io.diskguard.agent.report.AgentSays;
import io.diskguard.agent.report.ExplanationText;
import io.diskguard.config.HttpAddress;
import io.diskguard.reconcile.Explanation;
import java.time.Duration;
import java.util.Optional;

/** An explanation, with what the agent says that runs here, where one answers within a second; apart, so that run does not load it. */
record ExplainAnswer(ExplanationText here, Optional<AgentSays> agent) {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    static ExplainAnswer of(Explanation explanation, HttpAddress address, PodName pod) {
        return new ExplainAnswer(new ExplanationText(explanation), ask(address, pod));
    }

    /** The agent's word alone, where nothing could be found without it. */
    static Optional<AgentSays> ask(HttpAddress address, PodName pod) {
        if (address.port() == 0) {
            return Optional.empty();
        }
        var agent = RunningAgent.at(address, PATIENCE);
        return agent.explanation(pod.namespace(), pod.name())
                .map(it -> new AgentSays(agent.url(""), it, agent.containers(pod.namespace(), pod.name())));
    }

    String text() {
        return here.text(agent);
    }

    String json() {
        return here.json(agent);
    }
}
