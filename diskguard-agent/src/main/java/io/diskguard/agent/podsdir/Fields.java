/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.podsdir;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An object of a manifest and its place in it: reads fields and says exactly which one is wrong. Immutable. */
record Fields(JsonNode node, String place) {
    /** @throws ManifestException if the node is no object */
    static Fields of(JsonNode node, String place) throws ManifestException {
        if (!node.isObject()) {
            throw new ManifestException(place + " must be an object, was " + describe(node));
        }
        return new Fields(node, place);
    }

    /** The object at {@code name}; one without fields where there is none. */
    Fields object(String name) throws ManifestException {
        var child = node.path(name);
        return absent(child) ? new Fields(node.path(name), path(name)) : of(child, path(name));
    }

    /** The objects of the list at {@code name}; none where there is no list. */
    List<Fields> objects(String name) throws ManifestException {
        var child = node.path(name);
        if (absent(child)) {
            return List.of();
        }
        if (!child.isArray()) {
            throw new ManifestException(path(name) + " must be a list, was " + describe(child));
        }
        var objects = new ArrayList<Fields>();
        for (var at = 0; at < child.size(); at++) {
            objects.add(of(child.get(at), path(name) + "[" + at + "]"));
        }
        return objects;
    }

    Optional<String> text(String name) throws ManifestException {
        var child = node.path(name);
        if (absent(child)) {
            return Optional.empty();
        }
        if (!child.isTextual()) {
            throw new ManifestException(path(name) + " must be a text, was " + describe(child) + quoteHint(child));
        }
        return child.textValue().isEmpty() ? Optional.empty() : Optional.of(child.textValue());
    }

    /** @throws ManifestException if there is no such text or it is empty */
    String required(String name) throws ManifestException {
        return text(name).orElseThrow(() -> new ManifestException(path(name) + " is missing"));
    }

    /** The texts at {@code name}, by key, in their order. */
    Map<String, String> texts(String name) throws ManifestException {
        var map = object(name);
        var texts = new LinkedHashMap<String, String>();
        for (var property : map.node.properties()) {
            var value = property.getValue();
            if (!value.isTextual()) {
                throw new ManifestException(
                        map.path(property.getKey()) + " must be a text, was " + describe(value) + quoteHint(value));
            }
            texts.put(property.getKey(), value.textValue());
        }
        return texts;
    }

    boolean has(String name) {
        return !absent(node.path(name));
    }

    private String path(String name) {
        return place.isEmpty() ? name : place + "." + name;
    }

    private static boolean absent(JsonNode child) {
        return child.isMissingNode() || child.isNull();
    }

    private static String quoteHint(JsonNode value) {
        return value.isValueNode() && !value.isNull() ? "; write \"" + value.asText() + "\" in quotes" : "";
    }

    private static String describe(JsonNode value) {
        return switch (value.getNodeType()) {
            case ARRAY -> "a list";
            case OBJECT -> "an object";
            case NULL, MISSING -> "empty";
            default -> value.asText();
        };
    }
}
