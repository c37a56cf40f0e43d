/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.doctor;

import io.diskguard.agent.remote.RunningAgent;
import io.diskguard.agent.report.Version;
import java.util.List;

/** Whether the port of the HTTP server is free, or our own agent has it and is well. */
final class HttpPortCheck implements Check {
    @Override
    public String id() {
        return "http-port";
    }

    @Override
    public String name() {
        return "HTTP port";
    }

    @Override
    public boolean waits() {
        return true;
    }

    @Override
    public List<Finding> look(Subject node) {
        var address = node.config().httpAddress();
        if (address.port() == 0) {
            return List.of(Finding.ok(this, "looked into the configuration", "any free port is taken"));
        }
        var agent = RunningAgent.at(address, ClusterAnswers.PATIENCE);
        var tried = "asked for " + agent.url(RunningAgent.READY);
        return List.of(verdict(agent.state(), tried));
    }

    private Finding verdict(RunningAgent.State state, String tried) {
        if (state instanceof RunningAgent.Nobody) {
            return Finding.ok(this, tried, "nobody listens: the agent does not run here, and the port is free for it");
        }
        if (state instanceof RunningAgent.Another another) {
            return Finding.wrong(
                    this,
                    tried,
                    "another program has the port: " + another.reason(),
                    "the agent does not start with it: set http_address (HTTP_ADDRESS) to a port that is free, or end"
                            + " that program (\"ss -ltnp\" names it)");
        }
        var ours = (RunningAgent.Ours) state;
        var version = ours.version().map(it -> "an agent of version " + it).orElse("an agent of unknown version");
        var other = ours.version().filter(it -> !it.equals(Version.text())).isPresent()
                ? "; this command is " + Version.text()
                : "";
        return ours.failing().isEmpty()
                ? Finding.ok(this, tried, version + " runs and is ready" + other)
                : Finding.note(
                        this,
                        tried,
                        version + " runs and is not ready" + other + "\n" + String.join("\n", ours.failing()),
                        "see its log, and above what of this is wrong now");
    }
}
