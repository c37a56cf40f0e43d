/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayersTest {
    /** From the lowest up; a layer may import those before it. Packages side by side in a layer do not import each other. */
    private static final List<List<String>> CORE = List.of(
            List.of("io.diskguard.model.."),
            List.of("io.diskguard.spi.."),
            List.of("io.diskguard.watch.."),
            List.of(
                    "io.diskguard.annotation..",
                    "io.diskguard.filter..",
                    "io.diskguard.device..",
                    "io.diskguard.config..",
                    "io.diskguard.provider.."),
            List.of("io.diskguard.policy.."),
            List.of("io.diskguard.reconcile.."),
            List.of("io.diskguard"));

    private static final List<String> ADAPTERS = List.of(
            "io.diskguard.cgroup..",
            "io.diskguard.smart..",
            "io.diskguard.history..",
            "io.diskguard.reload..",
            "io.diskguard.runtime.containerd..",
            "io.diskguard.runtime.docker..",
            "io.diskguard.k8s..",
            "io.diskguard.simulator..",
            "io.diskguard.testkit..",
            "io.diskguard.agent..");

    private final JavaClasses house = House.mainClasses();

    @Test
    void theRulesSeeTheWholeHouse() {
        assertThat(house).as("main classes seen").hasSizeGreaterThan(100);
        for (var module : List.of(
                "model",
                "spi",
                "cgroup",
                "runtime.containerd",
                "runtime.docker",
                "k8s",
                "simulator",
                "testkit",
                "agent")) {
            assertThat(house.stream().filter(c -> c.getPackageName().startsWith("io.diskguard." + module)))
                    .as(module)
                    .isNotEmpty();
        }
    }

    @Test
    void aLayerOfCoreImportsOnlyThoseBelow() {
        for (int layer = 0; layer < CORE.size(); layer++) {
            for (var one : CORE.get(layer)) {
                var forbidden = new ArrayList<>(ADAPTERS);
                CORE.get(layer).stream().filter(beside -> !beside.equals(one)).forEach(forbidden::add);
                CORE.subList(layer + 1, CORE.size()).forEach(forbidden::addAll);
                noClasses()
                        .that()
                        .resideInAPackage(one)
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(forbidden.toArray(String[]::new))
                        .allowEmptyShould(true)
                        .check(house);
            }
        }
    }

    @Test
    void everyClassHasItsPlaceInALayerOrAnAdapter() {
        var places = new ArrayList<>(ADAPTERS);
        CORE.forEach(places::addAll);
        classes().should().resideInAnyPackage(places.toArray(String[]::new)).check(house);
    }

    @Test
    void adaptersNeverSeeEachOther() {
        for (var adapter : List.of(
                "io.diskguard.cgroup..",
                "io.diskguard.runtime.containerd..",
                "io.diskguard.runtime.docker..",
                "io.diskguard.k8s..",
                "io.diskguard.simulator..")) {
            apart(
                    adapter,
                    ADAPTERS.stream().filter(other -> !other.equals(adapter)).toArray(String[]::new));
        }
        apart(
                "io.diskguard.testkit..",
                "io.diskguard.cgroup..",
                "io.diskguard.runtime..",
                "io.diskguard.k8s..",
                "io.diskguard.agent..");
        apart("io.diskguard.agent..", "io.diskguard.testkit..");
    }

    /** What speaks gRPC is seen by nobody, so that a node without it does not load it. */
    @Test
    void onlyTheRuntimeThatSpeaksItKnowsGrpc() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.diskguard.runtime.containerd..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.grpc..", "com.google.protobuf..", "io.diskguard.runtime.containerd.wire..")
                .check(house);
    }

    /** What draws on a terminal is seen by one command, so that the agent does not load it. */
    @Test
    void onlyTopDrawsOnATerminal() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("io.diskguard.agent.top.TerminalScreen")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.jline..")
                .check(house);
        noClasses()
                .that()
                .resideOutsideOfPackage("io.diskguard.agent.top..")
                .and()
                .haveSimpleNameNotStartingWith("Top")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.diskguard.agent.top..")
                .check(house);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.diskguard.(**)").should().beFreeOfCycles().check(house);
    }

    private void apart(String one, String... others) {
        noClasses()
                .that()
                .resideInAPackage(one)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .allowEmptyShould(true)
                .check(house);
    }
}
