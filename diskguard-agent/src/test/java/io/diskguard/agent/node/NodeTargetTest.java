/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.diskguard.agent.exchange.Exchange;
import io.diskguard.reload.ConfigTarget.Answer;
import io.diskguard.testkit.GuardedNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NodeTargetTest {
    private final GuardedNode node = GuardedNode.with();
    private final List<String> done = new ArrayList<>();
    private final Exchangeable part = (environment, before, next) -> new Exchange() {
        @Override
        public void put() {
            done.add("put");
        }

        @Override
        public void finish() {
            done.add("finish");
        }

        @Override
        public void discard() {
            done.add("discard");
        }
    };

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void whatWasMadeIsClosedWhereAnotherPartCannotBe() {
        var answer = target((environment, before, next) -> {
                    throw AgentException.failed("not on this node");
                })
                .apply(node.guard().config());

        assertThat(answer).isEqualTo(new Answer.Refused("not on this node"));
        assertThat(done).containsExactly("discard");
    }

    @Test
    void whatWasMadeIsClosedWhereAnotherPartFails() {
        var target = target((environment, before, next) -> {
            throw new IllegalStateException("a bug");
        });

        assertThatThrownBy(() -> target.apply(node.guard().config())).hasMessage("a bug");
        assertThat(done).containsExactly("discard");
    }

    @Test
    void whatWasMadeIsClosedWhereTheGuardTakesNoOther() {
        node.guard().close();

        assertThat(target(Exchangeable.NEVER).apply(node.guard().config())).isInstanceOf(Answer.Refused.class);
        assertThat(done).containsExactly("discard");
    }

    private NodeTarget target(Exchangeable other) {
        return new NodeTarget(node.node().environment(), node.guard(), List.of(part, other), next -> {});
    }
}
