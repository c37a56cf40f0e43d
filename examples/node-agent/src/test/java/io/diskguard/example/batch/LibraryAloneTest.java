/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.example.batch;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The enforcer's rule of this module's pom.xml holds it; here is what it keeps away. */
class LibraryAloneTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "io.diskguard.agent.Main",
                "io.diskguard.k8s.PodInformer",
                "io.diskguard.smart.SmartKeeper",
                "io.fabric8.kubernetes.client.KubernetesClient",
                "com.github.dockerjava.api.DockerClient",
                "io.grpc.Channel",
                "io.prometheus.metrics.model.snapshots.MetricSnapshots",
                "picocli.CommandLine",
                "ch.qos.logback.classic.Logger",
                "com.fasterxml.jackson.dataformat.yaml.YAMLMapper"
            })
    void whatOnlyTheAgentNeedsIsNotThere(String name) {
        assertThatThrownBy(() -> Class.forName(name)).isInstanceOf(ClassNotFoundException.class);
    }
}
