/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.diskguard.model.Pod;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a list of pods as it comes, one at a time, and keeps of each what limits depend on. Thread-safe. */
public final class PodListReader {
    private static final Logger LOG = LoggerFactory.getLogger(PodListReader.class);

    private final JsonFactory json = SlimParser.factory();
    private volatile Set<String> complained = Set.of();

    /** One that knows no pod yet. */
    public PodListReader() {}

    /**
     * The pods that run or are to run.
     *
     * @param complete whether every pod could be understood
     */
    public record Pods(Map<String, Pod> byUid, boolean complete) {
        public Pods {
            byUid = Map.copyOf(byUid);
        }
    }

    /**
     * The pods of the node in a {@code PodList}; those of another node are passed over. One that cannot be understood is
     * as it was before.
     *
     * @param in not closed
     * @param before what was known of the pod with that uid, or null
     * @throws com.fasterxml.jackson.core.JsonProcessingException if it is no such list, or not all of one. The message may
     *     quote it
     */
    public Pods read(InputStream in, String node, Function<String, @Nullable Pod> before) throws IOException {
        var found = new LinkedHashMap<String, Pod>();
        var complaints = new LinkedHashSet<String>();
        var complete = true;
        try (var parser = json.createParser(in)) {
            if (toItems(parser)) {
                while (parser.nextToken() == JsonToken.START_OBJECT) {
                    var slim = SlimParser.pod(parser);
                    if (isOf(node, slim)) {
                        complete &= add(slim, found, before, complaints);
                    }
                }
                if (parser.currentToken() != JsonToken.END_ARRAY) {
                    throw new JsonParseException(parser, "an item that is no pod");
                }
            }
            toEnd(parser);
        }
        complain(complaints);
        return new Pods(found, complete);
    }

    /** To the beginning of the items; false where a null stands for none. */
    private static boolean toItems(JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new JsonParseException(parser, "no object");
        }
        for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            var value = parser.nextToken();
            if (name.equals("items") && (value == JsonToken.START_ARRAY || value == JsonToken.VALUE_NULL)) {
                return value == JsonToken.START_ARRAY;
            }
            if (name.equals("kind") && !"PodList".equals(parser.getText())) {
                throw new JsonParseException(parser, "no PodList");
            }
            parser.skipChildren();
        }
        throw new JsonParseException(parser, "no items");
    }

    private static void toEnd(JsonParser parser) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            parser.nextToken();
            parser.skipChildren();
        }
        if (parser.currentToken() != JsonToken.END_OBJECT) {
            throw new JsonParseException(parser, "no end");
        }
    }

    private static boolean isOf(String node, SlimPod slim) {
        var its = slim.spec == null ? null : slim.spec.nodeName;
        return its == null || its.isEmpty() || its.equals(node);
    }

    /** What was said of the last list is not said again. */
    private void complain(Set<String> complaints) {
        var before = complained;
        complaints.stream()
                .filter(one -> !before.contains(one))
                .forEach(one -> LOG.error("a pod cannot be understood, what was known of it holds: {}", one));
        complained = complaints;
    }

    private static boolean add(
            SlimPod slim, Map<String, Pod> found, Function<String, @Nullable Pod> before, Set<String> complaints) {
        try {
            PodReader.read(slim).ifPresent(pod -> found.put(pod.uid(), pod));
            return true;
        } catch (IllegalArgumentException e) {
            var meta = slim.getMetadata();
            complaints.add(meta.getNamespace() + "/" + meta.getName() + ": " + e.getMessage());
            var known = meta.getUid() == null ? null : before.apply(meta.getUid());
            if (known != null) {
                found.put(known.uid(), known);
            }
            return false;
        }
    }
}
