/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.node;

import static io.diskguard.testkit.Pods.pod;
import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.config.GuardConfig;
import io.diskguard.model.IoLimit;
import io.diskguard.model.PodRef;
import io.diskguard.spi.CgroupDriver;
import io.diskguard.testkit.GuardedNode;
import io.diskguard.testkit.Pods;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventListenerTest {
    private final List<String> told = new ArrayList<>();
    private final GuardedNode node = GuardedNode.with(GuardConfig.defaults(), new EventListener(new Telling()));

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void whatIsAsItShouldBeIsNoEvent() {
        node.run(pod("db")
                        .container("app")
                        .annotation("iops-limit/write-iops", "200")
                        .build())
                .pass(Duration.ofMinutes(2));
        assertThat(told).isEmpty();
    }

    @Test
    void aPodsOwnerHearsOnceWhichAnnotationIsWrongAndWhatWasExpected() {
        node.run(pod("db")
                        .container("app")
                        .annotation("iops-limit/write-iops", "fast")
                        .build())
                .pass(Duration.ofMinutes(2));
        assertThat(told)
                .singleElement()
                .asString()
                .startsWith("default/db InvalidAnnotation annotation iops-limit/write-iops is \"fast\", expected ");
    }

    @Test
    void aLimitThatSomebodyChangedIsTold() {
        node.run(pod("db")
                        .container("app")
                        .annotation("iops-limit/write-iops", "200")
                        .build())
                .pass(Duration.ofSeconds(1));
        var cgroup = node.node().cgroupOf(Pods.idOf("db", "app")).orElseThrow();
        try (CgroupDriver other = node.node().driver()) {
            other.apply(cgroup, node.disk().id(), IoLimit.UNLIMITED);
        }

        node.pass(Duration.ofMinutes(1));

        assertThat(told)
                .singleElement()
                .asString()
                .startsWith("default/db LimitDrifted somebody had changed the limit of container app on 259:0");
    }

    private final class Telling implements EventListener.Warnings {
        @Override
        public void ofPod(PodRef pod, String reason, String message) {
            told.add(pod.fullName() + " " + reason + " " + message);
        }

        @Override
        public void ofNode(String reason, String message) {
            told.add("node " + reason + " " + message);
        }
    }
}
