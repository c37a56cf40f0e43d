/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.fabric8.kubernetes.api.model.ListMeta;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads pods token by token. Of the fields that it reads it takes and refuses what Jackson's own reader does, which looks at classes
 * by reflection first, and that takes longer than to read the pods of a node.
 */
final class SlimParser {
    private SlimParser() {}

    @FunctionalInterface
    private interface Value<T> {
        @Nullable
        T read(JsonParser parser) throws IOException;
    }

    /** Its parsers close nothing that they read. */
    static JsonFactory factory() {
        return JsonFactory.builder()
                .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
                // Keys of annotations are many, and seldom asked for.
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .build();
    }

    /** @throws NonsenseException if it is another object than a {@code PodList} */
    static SlimPodList list(JsonParser parser) throws IOException {
        parser.nextToken();
        if (!isObject(parser)) {
            throw new NonsenseException("PodList");
        }
        var list = new SlimPodList();
        var hasItems = false;
        for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            switch (name) {
                case "apiVersion" -> list.setApiVersion(text(parser));
                case "kind" -> list.setKind(text(parser));
                case "metadata" -> list.setMetadata(listMeta(parser));
                case "items" -> {
                    list.setItems(list(parser, SlimParser::podOrNull));
                    hasItems = true;
                }
                default -> parser.skipChildren();
            }
        }
        if (!hasItems) {
            throw new NonsenseException("PodList");
        }
        return list.checked();
    }

    /** From the beginning of an object to its end. */
    static SlimPod pod(JsonParser parser) throws IOException {
        var pod = podOrNull(parser);
        if (pod == null) {
            throw new JsonParseException(parser, "no object");
        }
        return pod;
    }

    private static @Nullable SlimPod podOrNull(JsonParser parser) throws IOException {
        if (!isObject(parser)) {
            return null;
        }
        var pod = new SlimPod();
        for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            switch (name) {
                case "apiVersion" -> text(parser);
                case "metadata" -> pod.setMetadata(meta(parser));
                case "spec" -> pod.spec = spec(parser);
                case "status" -> pod.status = status(parser);
                default -> parser.skipChildren();
            }
        }
        return pod;
    }

    private static @Nullable ListMeta listMeta(JsonParser parser) throws IOException {
        if (!isObject(parser)) {
            return null;
        }
        var meta = new ListMeta();
        for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            switch (name) {
                case "continue" -> meta.setContinue(text(parser));
                case "resourceVersion" -> meta.setResourceVersion(text(parser));
                default -> parser.skipChildren();
            }
        }
        return meta;
    }

    private static @Nullable ObjectMeta meta(JsonParser parser) throws IOException {
        if (!isObject(parser)) {
            return null;
        }
        var meta = new ObjectMeta();
        for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            switch (name) {
                case "namespace" -> meta.setNamespace(text(parser));
                case "name" -> meta.setName(text(parser));
                case "uid" -> meta.setUid(text(parser));
                case "resourceVersion" -> meta.setResourceVersion(text(parser));
                case "labels" -> meta.setLabels(texts(parser));
                case "annotations" -> meta.setAnnotations(texts(parser));
                default -> parser.skipChildren();
            }
        }
        return meta;
    }

    private static SlimPod.@Nullable Spec spec(JsonParser parser) throws IOException {
        if (!isObject(parser)) {
            return null;
        }
        var spec = new SlimPod.Spec();
        for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            switch (name) {
                case "nodeName" -> spec.nodeName = text(parser);
                case "containers" -> spec.containers = list(parser, SlimParser::item);
                case "initContainers" -> spec.initContainers = list(parser, SlimParser::item);
                case "ephemeralContainers" -> spec.ephemeralContainers = list(parser, SlimParser::item);
                default -> parser.skipChildren();
            }
        }
        return spec;
    }

    private static SlimPod.@Nullable Item item(JsonParser parser) throws IOException {
        if (!isObject(parser)) {
            return null;
        }
        var item = new SlimPod.Item();
        for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            switch (name) {
                case "name" -> item.name = text(parser);
                case "image" -> item.image = text(parser);
                case "restartPolicy" -> item.restartPolicy = text(parser);
                case "volumeMounts" -> item.volumeMounts = list(parser, SlimParser::mount);
                case "volumeDevices" -> item.volumeDevices = list(parser, SlimParser::mount);
                default -> parser.skipChildren();
            }
        }
        return item;
    }

    private static SlimPod.@Nullable Mount mount(JsonParser parser) throws IOException {
        if (!isObject(parser)) {
            return null;
        }
        var mount = new SlimPod.Mount();
        for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            switch (name) {
                case "name" -> mount.name = text(parser);
                case "mountPath" -> mount.mountPath = text(parser);
                case "devicePath" -> mount.devicePath = text(parser);
                default -> parser.skipChildren();
            }
        }
        return mount;
    }

    private static SlimPod.@Nullable Status status(JsonParser parser) throws IOException {
        if (!isObject(parser)) {
            return null;
        }
        var status = new SlimPod.Status();
        for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            switch (name) {
                case "phase" -> status.phase = text(parser);
                case "qosClass" -> status.qosClass = text(parser);
                case "containerStatuses" -> status.containerStatuses = list(parser, SlimParser::itemStatus);
                case "initContainerStatuses" -> status.initContainerStatuses = list(parser, SlimParser::itemStatus);
                case "ephemeralContainerStatuses" ->
                    status.ephemeralContainerStatuses = list(parser, SlimParser::itemStatus);
                default -> parser.skipChildren();
            }
        }
        return status;
    }

    private static SlimPod.@Nullable ItemStatus itemStatus(JsonParser parser) throws IOException {
        if (!isObject(parser)) {
            return null;
        }
        var status = new SlimPod.ItemStatus();
        for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            switch (name) {
                case "name" -> status.name = text(parser);
                case "containerID" -> status.containerID = text(parser);
                case "state" -> status.state = state(parser);
                default -> parser.skipChildren();
            }
        }
        return status;
    }

    private static SlimPod.@Nullable State state(JsonParser parser) throws IOException {
        if (!isObject(parser)) {
            return null;
        }
        var state = new SlimPod.State();
        for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            if (name.equals("terminated")) {
                state.terminated = isObject(parser) ? new SlimPod.Terminated() : null;
            }
            parser.skipChildren();
        }
        return state;
    }

    /** Whether it is one, or a null in its place; nothing else is taken. */
    static boolean isObject(JsonParser parser) throws IOException {
        if (parser.hasToken(JsonToken.START_OBJECT)) {
            return true;
        }
        if (parser.hasToken(JsonToken.VALUE_NULL)) {
            return false;
        }
        throw new JsonParseException(parser, "no object");
    }

    private static <T> @Nullable List<@Nullable T> list(JsonParser parser, Value<T> value) throws IOException {
        if (parser.hasToken(JsonToken.VALUE_NULL)) {
            return null;
        }
        if (!parser.hasToken(JsonToken.START_ARRAY)) {
            throw new JsonParseException(parser, "no list");
        }
        var list = new ArrayList<@Nullable T>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            list.add(value.read(parser));
        }
        return list;
    }

    private static @Nullable Map<String, @Nullable String> texts(JsonParser parser) throws IOException {
        if (!isObject(parser)) {
            return null;
        }
        var texts = new LinkedHashMap<String, @Nullable String>();
        for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            texts.put(name, text(parser));
        }
        return texts;
    }

    /** A number or truth value is the text that it is written as. */
    static @Nullable String text(JsonParser parser) throws IOException {
        if (parser.hasToken(JsonToken.VALUE_NULL)) {
            return null;
        }
        if (!parser.currentToken().isScalarValue()) {
            throw new JsonParseException(parser, "no text");
        }
        return parser.getText();
    }
}
