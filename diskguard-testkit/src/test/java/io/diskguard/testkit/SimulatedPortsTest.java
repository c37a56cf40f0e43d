/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.Container;
import io.diskguard.model.ContainerId;
import io.diskguard.model.ContainerKind;
import io.diskguard.model.Pod;
import io.diskguard.model.PodRef;
import io.diskguard.simulator.SimulatedNode;
import io.diskguard.spi.PodCgroups;
import io.diskguard.spi.PodSource;
import io.diskguard.spi.StateStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Nested;

/** The simulated node keeps what the ports promise. */
class SimulatedPortsTest {
    @Nested
    class Source extends PodSourceTck {
        @Override
        protected PodSourceFixture openFixture() {
            var node = SimulatedNode.v2();
            return new PodSourceFixture() {
                @Override
                public PodSource source() {
                    return node.pods();
                }

                @Override
                public String put(String name, Map<String, String> annotations) {
                    var pods = Pods.pod(name).container("app");
                    annotations.forEach(pods::annotation);
                    var pod = pods.build();
                    node.changePod(pod);
                    return pod.uid();
                }

                @Override
                public void remove(String name) {
                    node.removePod(Pods.pod(name).build().uid());
                }

                @Override
                public boolean neverHeard() {
                    node.losePods("connection refused");
                    return true;
                }

                @Override
                public void close() {
                    node.close();
                }
            };
        }
    }

    @Nested
    class State extends StateStoreTck {
        @Override
        protected StateStoreFixture openFixture() {
            var node = SimulatedNode.v2();
            var store = node.state();
            return new StateStoreFixture() {
                @Override
                public StateStore store() {
                    return store;
                }

                @Override
                public PodRef put(String name) {
                    var pod = Pods.pod(name).container("app").build();
                    node.changePod(pod);
                    return PodRef.of(pod);
                }

                @Override
                public void until(String what, BooleanSupplier condition) {
                    assertThat(condition.getAsBoolean()).as(what).isTrue();
                }

                @Override
                public void close() {
                    node.close();
                }
            };
        }
    }

    @Nested
    class Cgroups extends PodCgroupsTck {
        @Override
        protected PodCgroupsFixture openFixture() {
            var node = SimulatedNode.v1();
            var containers = new HashMap<String, List<ContainerId>>();
            return new PodCgroupsFixture() {
                @Override
                public PodCgroups podCgroups() {
                    return node.podCgroups();
                }

                @Override
                public CgroupPath start(Pod pod, ContainerId container) {
                    containers
                            .computeIfAbsent(pod.uid(), none -> new ArrayList<>())
                            .add(container);
                    run(pod);
                    return node.cgroupOf(container).orElseThrow();
                }

                @Override
                public void stop(Pod pod, ContainerId container) {
                    containers.get(pod.uid()).remove(container);
                    run(pod);
                }

                private void run(Pod pod) {
                    var list = containers.get(pod.uid()).stream()
                            .map(id -> new Container(id.id(), "image", ContainerKind.MAIN, Optional.of(id)))
                            .toList();
                    node.changePod(new Pod(
                            pod.uid(),
                            pod.namespace(),
                            pod.name(),
                            pod.qosClass(),
                            pod.labels(),
                            pod.annotations(),
                            list));
                }

                @Override
                public boolean tells() {
                    return true;
                }

                @Override
                public void close() {
                    node.close();
                }
            };
        }
    }
}
