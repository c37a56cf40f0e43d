/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.WatchEvent;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.InputStream;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How the client reads and writes JSON: what an informer of pods needs, token by token, and nothing by reflection, for which
 * Jackson and the client would read three hundred classes more. Thread-safe.
 */
final class SlimSerialization extends KubernetesSerialization {
    private final JsonFactory json = SlimParser.factory();
    private final WatchEventParser events = new WatchEventParser(json);
    private final Bounds bounds;

    private SlimSerialization(Bounds bounds) {
        super(new ObjectMapper(), false);
        this.bounds = bounds;
    }

    static SlimSerialization within(Bounds bounds) {
        return new SlimSerialization(bounds);
    }

    /** Called while this is made. Nothing: what is not read here is not read at all. */
    @Override
    protected void configureMapper(ObjectMapper mapper) {}

    /** A list may have come in gzip; and one that is no JSON is not tried as YAML. */
    @Override
    @SuppressWarnings("unchecked") // the type was asked for
    public <T> T unmarshal(InputStream in, TypeReference<T> type) {
        if (!type.getType().equals(SlimPodList.class)) {
            throw unforeseen(type.getType().getTypeName());
        }
        try {
            return (T) Unzipped.read(in, bounds.bytes(), this::list);
        } catch (IOException e) {
            throw KubernetesClientException.launderThrowable(e);
        }
    }

    /** An event of the watch, or why there is none. */
    @Override
    public <T> T unmarshal(String text, Class<T> type) {
        try {
            if (type == WatchEvent.class) {
                return type.cast(events.event(text));
            }
            if (type == Status.class) {
                return type.cast(events.status(text));
            }
        } catch (IOException e) {
            throw KubernetesClientException.launderThrowable(e);
        }
        if (type == JsonNode.class) {
            // What the client tries with an event that was refused, to have it converted.
            throw new NonsenseException("WatchEvent");
        }
        throw unforeseen(type.getName());
    }

    /** What the client asks for in the query of a list or a watch. */
    @Override
    public <T> T convertValue(Object value, Class<T> type) {
        if (value instanceof ListOptions options && type.isAssignableFrom(TreeMap.class)) {
            return type.cast(query(options));
        }
        throw unforeseen(type.getName());
    }

    private static TreeMap<String, Object> query(ListOptions options) {
        var query = new TreeMap<String, Object>();
        put(query, "allowWatchBookmarks", options.getAllowWatchBookmarks());
        put(query, "continue", options.getContinue());
        put(query, "fieldSelector", options.getFieldSelector());
        put(query, "labelSelector", options.getLabelSelector());
        put(query, "limit", options.getLimit());
        put(query, "resourceVersion", options.getResourceVersion());
        put(query, "resourceVersionMatch", options.getResourceVersionMatch());
        put(query, "sendInitialEvents", options.getSendInitialEvents());
        put(query, "shardSelector", options.getShardSelector());
        put(query, "timeoutSeconds", options.getTimeoutSeconds());
        put(query, "watch", options.getWatch());
        return query;
    }

    private static void put(TreeMap<String, Object> query, String name, @Nullable Object value) {
        if (value != null) {
            query.put(name, value);
        }
    }

    private static UnsupportedOperationException unforeseen(String type) {
        return new UnsupportedOperationException("the client is used for pods alone, not for " + type);
    }

    private SlimPodList list(InputStream text) throws IOException {
        try (var parser = json.createParser(text)) {
            return SlimParser.list(parser);
        }
    }
}
