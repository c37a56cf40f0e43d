/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.diskguard.agent.house.House;
import io.diskguard.agent.http.Health;
import io.diskguard.agent.http.HttpEndpoint;
import io.diskguard.config.ConfigKeys;
import io.diskguard.config.ConfigLoader;
import io.diskguard.config.ConfigResult;
import io.diskguard.config.FileConfigSource;
import io.diskguard.config.HttpAddress;
import io.diskguard.spi.HostPaths;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShippedPodTest {
    /** What the process reads from its environment beside keys of the configuration and places of the host. */
    private static final String CONFIG_FILE = "CONFIG_FILE_PATH";

    @Test
    void theApiServerKnowsEveryFieldOfEveryManifest() {
        assertThat(Manifests.read(Manifests.AGENT))
                .extracting(HasMetadata::getKind)
                .containsExactlyInAnyOrder(
                        "Namespace",
                        "NetworkPolicy",
                        "ServiceAccount",
                        "ConfigMap",
                        "ClusterRole",
                        "ClusterRoleBinding",
                        "DaemonSet");
        assertThat(Manifests.read(Manifests.POLICY))
                .extracting(HasMetadata::getKind)
                .containsExactly("ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding");
    }

    @Test
    void aMisspeltFieldWouldBeNoticed() {
        var manifest = Manifests.documents(
                "{apiVersion: apps/v1, kind: DaemonSet, spec: {template: {spec: {hostPidd: true}}}}");
        assertThatThrownBy(() -> Manifests.typed(manifest.get(0))).hasMessageContaining("hostPidd");
    }

    /** The original's ran privileged, with the host's processes, as a template of one node of one site. */
    @Test
    void thePodHasNoPrivilegeNoCapabilityAndNoNamespaceOfTheHost() {
        var pod = Manifests.pod();
        assertThat(pod.getHostPID()).isFalse();
        assertThat(pod.getHostNetwork()).isFalse();
        assertThat(pod.getHostIPC()).isFalse();
        assertThat(pod.getInitContainers()).isEmpty();
        assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        assertThat(pod.getSecurityContext().getRunAsUser()).isZero();
        var rights = Manifests.container().getSecurityContext();
        assertThat(rights.getPrivileged()).isFalse();
        assertThat(rights.getAllowPrivilegeEscalation()).isFalse();
        assertThat(rights.getReadOnlyRootFilesystem()).isTrue();
        assertThat(rights.getRunAsUser()).isZero();
        assertThat(rights.getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(rights.getCapabilities().getAdd()).isEmpty();
        assertThat(chart()).noneMatch(line -> line.matches("\\s*(privileged|host(PID|IPC|Network)): *(true|\\{).*"));
    }

    @Test
    void itRunsOnEveryLinuxNodeAndOnNoSitesOwn() {
        var pod = Manifests.pod();
        assertThat(pod.getNodeSelector()).isEqualTo(Map.of("kubernetes.io/os", "linux"));
        assertThat(pod.getTolerations()).containsExactly(new Toleration(null, null, "Exists", null, null));
        assertThat(pod.getPriorityClassName()).isEqualTo("system-node-critical");
        assertThat(pod.getImagePullSecrets()).isEmpty();
        assertThat(pod.getTerminationGracePeriodSeconds()).isEqualTo(10);
        assertThat(Manifests.container().getEnv()).extracting(EnvVar::getName).doesNotContain("CGROUP_VERSION");
    }

    /** {@code example} is reserved: an image of that name that somebody else pushed is never run as root by mistake. */
    @Test
    void theImageIsTheOneOfThisVersionOfNobodysRegistryAndNeverLatest() {
        var version = House.read(Path.of("pom.xml")).replaceAll("(?s).*?<version>([^<]*)</version>.*", "$1");
        assertThat(Manifests.container().getImage()).isEqualTo("registry.example/diskguard/agent:" + version);
        assertThat(House.read(Manifests.CHART.resolve("Chart.yaml")))
                .contains("\nversion: " + version + "\n", "\nappVersion: " + version + "\n");
        assertThat(House.read(Manifests.AGENT)).doesNotContain(":latest");
    }

    /** A subPath is never updated: with one, no reload would ever happen. */
    @Test
    void aChangedConfigMapArrivesInThePod() {
        var container = Manifests.container();
        assertThat(container.getVolumeMounts()).allSatisfy(mount -> {
            assertThat(mount.getSubPath()).isNull();
            assertThat(mount.getSubPathExpr()).isNull();
        });
        assertThat(chart()).noneMatch(line -> line.contains("subPath"));
        assertThat(mount("config").getMountPath()).isEqualTo("/etc/diskguard");
        assertThat(variable(CONFIG_FILE).getValue()).isEqualTo("/etc/diskguard/config.yaml");
        var map = Manifests.only(Manifests.AGENT, ConfigMap.class);
        assertThat(volume("config").getConfigMap().getName())
                .isEqualTo(map.getMetadata().getName());
        assertThat(volume("config").getConfigMap().getItems()).isEmpty();
    }

    @Test
    void theConfigurationShippedIsAcceptedWithoutAWarning(@TempDir Path directory) throws IOException {
        var data = Manifests.only(Manifests.AGENT, ConfigMap.class).getData();
        assertThat(data).containsOnlyKeys("config.yaml");
        var file = Files.writeString(directory.resolve("config.yaml"), data.get("config.yaml"));
        var result = ConfigLoader.load(List.of(new FileConfigSource(file, Map.of())));
        assertThat(result).isInstanceOf(ConfigResult.Valid.class);
        assertThat(((ConfigResult.Valid) result).warnings()).isEmpty();
    }

    @Test
    void whatTheEnvironmentSaysIsReadByTheAgent() {
        var keys = ConfigKeys.all().stream().map(key -> key.variable()).collect(Collectors.toSet());
        var names = Manifests.container().getEnv().stream().map(EnvVar::getName).toList();
        assertThat(names).doesNotHaveDuplicates().contains("NODE_NAME", "KUBELET_HOST", CONFIG_FILE, "HOST_PROC");
        assertThat(names)
                .allMatch(name -> keys.contains(name)
                        || name.equals(CONFIG_FILE)
                        || !HostPaths.from(Map.of(name, "/elsewhere")).equals(HostPaths.host()));
        assertThat(variable("NODE_NAME").getValueFrom().getFieldRef().getFieldPath())
                .isEqualTo("spec.nodeName");
        assertThat(variable("KUBELET_HOST").getValueFrom().getFieldRef().getFieldPath())
                .isEqualTo("status.hostIP");
        assertThat(variable("HOST_PROC").getValue()).isEqualTo(mount("proc").getMountPath());
    }

    /** The original's examples asked port 8080, on which nothing listened. */
    @Test
    void probesAskThePortAndThePathsThatTheAgentServes() throws Exception {
        var container = Manifests.container();
        var address =
                ConfigKeys.find("http_address").orElseThrow().defaultText().orElseThrow();
        assertThat(container.getPorts()).singleElement().satisfies(port -> {
            assertThat(port.getName()).isEqualTo("http");
            assertThat(address).endsWith(":" + port.getContainerPort());
            assertThat(port.getHostPort()).isNull();
        });
        var probes = List.of(
                container.getStartupProbe().getHttpGet(),
                container.getLivenessProbe().getHttpGet(),
                container.getReadinessProbe().getHttpGet());
        assertThat(probes)
                .allSatisfy(get -> assertThat(get.getPort().getStrVal()).isEqualTo("http"));
        assertThat(probes).extracting(HTTPGetAction::getPath).containsExactly("/healthz", "/healthz", "/readyz");
        try (var endpoint = HttpEndpoint.open(new HttpAddress("localhost", 0), new Well(), any -> null)) {
            for (var probe : probes) {
                var url = URI.create("http://localhost:" + endpoint.port() + probe.getPath());
                var answer = HttpClient.newHttpClient()
                        .send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.discarding());
                assertThat(answer.statusCode()).as(probe.getPath()).isEqualTo(200);
            }
        }
    }

    /** The original's examples mounted them read-only. */
    @Test
    void onlyTheHostsCgroupsAndTheAgentsOwnStateCanBeWritten() {
        var host = HostPaths.host();
        var writable = Manifests.container().getVolumeMounts().stream()
                .filter(mount -> !Boolean.TRUE.equals(mount.getReadOnly()))
                .filter(mount -> volume(mount.getName()).getEmptyDir() == null)
                .map(VolumeMount::getMountPath);
        var state = ConfigKeys.find("state_dir").orElseThrow().defaultText().orElseThrow();
        assertThat(writable)
                .containsExactlyInAnyOrder(host.sys().resolve("fs/cgroup").toString(), state);
        assertThat(volume("state").getHostPath().getPath()).isEqualTo(state);
        assertThat(volume("state").getHostPath().getType()).isEqualTo("DirectoryOrCreate");
    }

    @Test
    void whatTheAgentLooksForOnTheHostIsWhereItLooks() {
        var host = HostPaths.host();
        same("cgroup", host.sys().resolve("fs/cgroup"));
        same("dev-disk", host.dev().resolve("disk"));
        assertThat(House.read(Manifests.CHART.resolve("templates/daemonset.yaml")))
                .contains("mountPath: " + host.kubelet() + "\n");
        assertThat(volume("proc").getHostPath().getPath()).isEqualTo(host.proc().toString());
        assertThat(mount("proc").getReadOnly()).isTrue();
    }

    /** For top on a terminal; on the node's disk it would have to be limited, too. */
    @Test
    void whatIsWrittenThatNeedNotLastIsALittleMemory() {
        assertThat(Manifests.pod().getVolumes())
                .filteredOn(volume -> volume.getEmptyDir() != null)
                .singleElement()
                .satisfies(volume -> {
                    assertThat(mount(volume.getName()).getMountPath()).isEqualTo("/tmp");
                    assertThat(volume.getEmptyDir().getMedium()).isEqualTo("Memory");
                    assertThat(volume.getEmptyDir().getSizeLimit()).hasToString("1Mi");
                });
    }

    /** Secrets and tokens of the node's pods are below it, and the runtime tells of raw block volumes, too. */
    @Test
    void theKubeletsDirectoryIsNotSeenUnlessSomebodyAsksForIt() {
        assertThat(Manifests.pod().getVolumes())
                .noneMatch(volume -> volume.getName().equals("kubelet"));
    }

    /** Else a volume that is unmounted on the node stays busy as long as the agent runs. */
    @Test
    void directoriesWithMountsOfOthersFollowTheHost() {
        var names = Manifests.container().getVolumeMounts().stream()
                .map(VolumeMount::getName)
                .filter(name -> name.startsWith("runtime-"));
        assertThat(Stream.concat(names, Stream.of("cgroup")))
                .allSatisfy(
                        name -> assertThat(mount(name).getMountPropagation()).isEqualTo("HostToContainer"));
        assertThat(Manifests.container().getVolumeMounts())
                .noneMatch(mount -> "Bidirectional".equals(mount.getMountPropagation()));
    }

    @Test
    void aMissingDirectoryOfAnotherRuntimeDoesNotKeepThePodFromStarting() {
        assertThat(Manifests.pod().getVolumes())
                .filteredOn(volume -> volume.getName().startsWith("runtime-"))
                .hasSize(4)
                .allSatisfy(volume -> {
                    assertThat(volume.getHostPath().getType()).isEqualTo("DirectoryOrCreate");
                    same(volume.getName(), Path.of(volume.getHostPath().getPath()));
                    assertThat(mount(volume.getName()).getReadOnly()).isTrue();
                });
    }

    @Test
    void theTokenIsGivenToTheAgentAndToNobodyByTheWay() {
        assertThat(Manifests.pod().getAutomountServiceAccountToken()).isTrue();
        assertThat(Manifests.only(Manifests.AGENT, ServiceAccount.class).getAutomountServiceAccountToken())
                .isFalse();
    }

    @Test
    void theNamespacePermitsWhatThePodMounts() {
        assertThat(Manifests.only(Manifests.AGENT, Namespace.class)
                        .getMetadata()
                        .getLabels())
                .containsEntry("pod-security.kubernetes.io/enforce", "privileged");
    }

    @Test
    void memoryIsLimitedAndProcessorTimeIsNot() {
        var resources = Manifests.container().getResources();
        assertThat(resources.getLimits()).containsOnlyKeys("memory");
        assertThat(resources.getLimits().get("memory").toString()).isEqualTo("128Mi");
        assertThat(resources.getRequests().get("memory").toString()).isEqualTo("64Mi");
        assertThat(resources.getRequests().get("cpu").toString()).isEqualTo("50m");
    }

    @Test
    void anUpdateTakesTheAgentFromFewNodesAtOnce() {
        var update = Manifests.only(Manifests.AGENT, DaemonSet.class).getSpec().getUpdateStrategy();
        assertThat(update.getType()).isEqualTo("RollingUpdate");
        assertThat(update.getRollingUpdate().getMaxUnavailable().getStrVal()).isEqualTo("10%");
    }

    private static void same(String volume, Path path) {
        assertThat(volume(volume).getHostPath().getPath()).as(volume).isEqualTo(path.toString());
        assertThat(mount(volume).getMountPath()).as(volume).isEqualTo(path.toString());
    }

    private static final class Well implements Health {
        private static final Check CHECK = new Check("test", true, "well");

        @Override
        public Check liveness() {
            return CHECK;
        }

        @Override
        public List<Check> readiness() {
            return List.of(CHECK);
        }
    }

    private static EnvVar variable(String name) {
        return Manifests.container().getEnv().stream()
                .filter(variable -> variable.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static VolumeMount mount(String name) {
        return Manifests.container().getVolumeMounts().stream()
                .filter(mount -> mount.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Volume volume(String name) {
        return Manifests.pod().getVolumes().stream()
                .filter(volume -> volume.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Every line of every template: what other values than the default ones lead to is in there too. */
    private static Stream<String> chart() {
        try (var files = Files.list(House.root().resolve(Manifests.CHART).resolve("templates"))) {
            return files.toList().stream().flatMap(file -> House.read(file).lines());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
