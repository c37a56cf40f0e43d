/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.deploy;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.diskguard.agent.house.House;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicy;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBinding;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The plain manifests, read as an API server with strict field validation reads them. */
final class Manifests {
    static final Path AGENT = Path.of("deploy/manifests/diskguard.yaml");
    static final Path POLICY = Path.of("deploy/manifests/admission-policy.yaml");
    static final Path CHART = Path.of("deploy/helm/diskguard");

    private static final Map<String, Class<? extends HasMetadata>> KINDS = Stream.of(
                    Namespace.class,
                    ServiceAccount.class,
                    ClusterRole.class,
                    ClusterRoleBinding.class,
                    ConfigMap.class,
                    ResourceQuota.class,
                    DaemonSet.class,
                    NetworkPolicy.class,
                    ValidatingAdmissionPolicy.class,
                    ValidatingAdmissionPolicyBinding.class)
            .collect(Collectors.toMap(
                    kind -> HasMetadata.getApiVersion(kind) + " " + HasMetadata.getKind(kind), Function.identity()));

    private static final ObjectMapper YAML = YAMLMapper.builder(
                    YAMLFactory.builder().build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** The model keeps what it does not know in a map; here that is an error. */
    private static final ObjectMapper STRICT = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .setAnnotationIntrospector(new JacksonAnnotationIntrospector() {
                private static final long serialVersionUID = 1;

                @Override
                public Boolean hasAnySetter(Annotated method) {
                    return false;
                }
            });

    private Manifests() {}

    static List<HasMetadata> read(Path file) {
        return documents(House.read(file)).stream().map(Manifests::typed).toList();
    }

    static HasMetadata typed(JsonNode document) {
        var what = document.path("apiVersion").asText() + " "
                + document.path("kind").asText();
        try {
            return STRICT.treeToValue(document, Objects.requireNonNull(KINDS.get(what), what));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<JsonNode> documents(String text) {
        try (var read = YAML.readerFor(JsonNode.class).<JsonNode>readValues(text)) {
            var documents = new ArrayList<JsonNode>();
            while (read.hasNextValue()) {
                var document = read.nextValue();
                if (document != null && !document.isNull()) {
                    documents.add(document);
                }
            }
            return documents;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The only one of its kind. */
    static <T extends HasMetadata> T only(Path file, Class<T> kind) {
        var found = read(file).stream().filter(kind::isInstance).map(kind::cast).toList();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " of " + kind.getSimpleName() + " in " + file);
        }
        return found.get(0);
    }

    static PodSpec pod() {
        return only(AGENT, DaemonSet.class).getSpec().getTemplate().getSpec();
    }

    static Container container() {
        var containers = pod().getContainers();
        if (containers.size() != 1) {
            throw new AssertionError("one container, was " + containers);
        }
        return containers.get(0);
    }
}
