/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.podsdir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.diskguard.model.Container;
import io.diskguard.model.ContainerId;
import io.diskguard.model.ContainerKind;
import io.diskguard.model.MountRef;
import io.diskguard.model.Pod;
import io.diskguard.model.QosClass;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ManifestReaderTest {
    private static final String POD = """
            apiVersion: v1
            kind: Pod
            metadata:
              uid: u-1
              namespace: shop
              name: db-0
              labels: {app: db}
              annotations:
                iops-limit/read-iops: "100"
            spec:
              initContainers:
                - {name: setup, image: setup:1}
                - {name: proxy, image: proxy:1, restartPolicy: Always}
              containers:
                - name: db
                  image: postgres:16
                  volumeMounts:
                    - {name: data, mountPath: /var/lib/postgresql, subPath: pg}
                    - {name: conf, mountPath: etc/pg, readOnly: true}
                  volumeDevices:
                    - {name: raw, devicePath: /dev/xvda}
            status:
              qosClass: Burstable
              initContainerStatuses:
                - {name: setup, containerID: "containerd://ended", state: {terminated: {exitCode: 0}}}
              containerStatuses:
                - {name: db, containerID: "containerd://abc123"}
            """;

    @Test
    void aPodIsReadWithAllThatLimitsDependOn() throws Exception {
        var pods = read("a.yaml", POD);

        assertThat(pods)
                .containsExactly(new Pod(
                        "u-1",
                        "shop",
                        "db-0",
                        QosClass.BURSTABLE,
                        Map.of("app", "db"),
                        Map.of("iops-limit/read-iops", "100"),
                        List.of(
                                new Container("setup", "setup:1", ContainerKind.INIT, Optional.empty()),
                                new Container("proxy", "proxy:1", ContainerKind.SIDECAR, Optional.empty()),
                                new Container(
                                        "db",
                                        "postgres:16",
                                        ContainerKind.MAIN,
                                        ContainerId.parse("containerd://abc123"),
                                        List.of(
                                                new MountRef("data", "/var/lib/postgresql", false),
                                                new MountRef("conf", "/etc/pg", false),
                                                new MountRef("raw", "/dev/xvda", true))))));
    }

    @Test
    void severalDocumentsAndListsAreRead() throws Exception {
        var list = """
                ---
                kind: PodList
                items:
                  - metadata: {uid: a, name: a}
                    spec: {containers: [{name: c}]}
                ---
                kind: List
                items:
                  - kind: Pod
                    metadata: {uid: b, name: b}
                    spec: {containers: [{name: c}]}
                """;

        assertThat(read("list.yml", list)).extracting(Pod::fullName).containsExactly("default/a", "default/b");
    }

    @Test
    void jsonIsRead() throws Exception {
        var json = "{\"kind\":\"Pod\",\"metadata\":{\"uid\":\"a\",\"name\":\"a\"},"
                + "\"spec\":{\"containers\":[{\"name\":\"c\"}]}}";

        assertThat(read("a.json", json)).hasSize(1);
    }

    @Test
    void theQosClassIsComputedWhereTheStatusDoesNotSayIt() throws Exception {
        assertThat(qosWith("{}")).isEqualTo(QosClass.BEST_EFFORT);
        assertThat(qosWith("{requests: {cpu: 1}}")).isEqualTo(QosClass.BURSTABLE);
        assertThat(qosWith("{limits: {cpu: 1, memory: 1Gi}}")).isEqualTo(QosClass.GUARANTEED);
    }

    @Test
    void whatIsWrongIsSaidWithItsPlace() {
        assertRefused("metadata: {}", "kind is missing");
        assertRefused("kind: Deployment", "kind must be Pod, List or PodList, was Deployment");
        assertRefused(POD.replace("uid: u-1", "x: y"), "metadata.uid is missing");
        assertRefused(
                POD.replace("\"100\"", "100"),
                "metadata.annotations.iops-limit/read-iops must be a text, was 100; write \"100\" in quotes");
        assertRefused(POD.replace("containerd://abc123", "abc"), "status.containerStatuses[0].containerID must be");
        assertRefused(POD.replace("Burstable", "Best"), "status.qosClass must be");
        assertRefused(POD.replace("mountPath", "path"), "spec.containers[0].volumeMounts[0].mountPath is missing");
        assertRefused("kind: Pod\nmetadata: {uid: a, name: b}", "spec.containers is missing or empty");
        assertRefused("", "the file is empty");
        assertRefused("[1, 2]", "the document must be an object, was a list");
        assertRefused("kind: Pod\nmetadata: {uid: a, na", "line 2");
        assertRefused(POD + "---\n" + POD, "two pods have the uid u-1");
    }

    private static QosClass qosWith(String resources) throws ManifestException {
        return read(
                        "a.yaml",
                        "kind: Pod\nmetadata: {uid: a, name: a}\nspec: {containers: [{name: c, resources: " + resources
                                + "}]}")
                .get(0)
                .qosClass();
    }

    private static void assertRefused(String content, String because) {
        assertThatThrownBy(() -> read("a.yaml", content))
                .isInstanceOf(ManifestException.class)
                .hasMessageContaining(because);
    }

    private static List<Pod> read(String name, String content) throws ManifestException {
        return new ManifestReader().read(name, content.getBytes(StandardCharsets.UTF_8));
    }
}
