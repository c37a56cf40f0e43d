/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** A request taken apart: {@code /api/v1[/namespaces/NS]/KIND[/NAME[/status]]?PARAMETERS}, or {@code /control/NAME}. */
record Request(
        String method,
        String path,
        String kind,
        Optional<String> namespace,
        Optional<String> name,
        Map<String, String> parameters,
        String body) {

    static Request of(RecordedRequest request) {
        var whole = request.getPath();
        var question = whole.indexOf('?');
        var path = question < 0 ? whole : whole.substring(0, question);
        var parts = List.of(path.split("/"));
        var from = parts.indexOf("namespaces");
        var at = from < 0 ? 3 : from + 2;
        return new Request(
                request.getMethod(),
                path,
                part(parts, at).orElse(""),
                from < 0 ? Optional.empty() : part(parts, from + 1),
                part(parts, at + 1),
                question < 0 ? Map.of() : parameters(whole.substring(question + 1)),
                Optional.ofNullable(request.getUtf8Body()).orElse(""));
    }

    boolean isControl() {
        return path.startsWith("/control/");
    }

    boolean isWatch() {
        return List.of("true", "1").contains(parameters.getOrDefault("watch", ""));
    }

    String verb() {
        return switch (method) {
            case "GET" -> isWatch() ? "watch" : name.isPresent() ? "get" : "list";
            case "POST" -> "create";
            case "PUT" -> "update";
            default -> method.toLowerCase(java.util.Locale.ROOT);
        };
    }

    /** 0 where the request names none. */
    long version() {
        var text = parameters.getOrDefault("resourceVersion", "");
        return text.isEmpty() ? 0 : Long.parseLong(text);
    }

    /** What the path's namespace and the field selector (of {@code spec.nodeName} only) let through. */
    Predicate<ObjectNode> wanted() {
        var node = parameters.getOrDefault("fieldSelector", "").replace("spec.nodeName=", "");
        return object ->
                (node.isEmpty() || object.path("spec").path("nodeName").asText().equals(node))
                        && namespace
                                .map(object.path("metadata").path("namespace").asText()::equals)
                                .orElse(true);
    }

    private static Optional<String> part(List<String> parts, int index) {
        return index < parts.size() ? Optional.of(parts.get(index)) : Optional.empty();
    }

    private static Map<String, String> parameters(String query) {
        var parameters = new HashMap<String, String>();
        for (var one : query.split("&")) {
            var pair = one.split("=", 2);
            parameters.put(decode(pair[0]), pair.length < 2 ? "" : decode(pair[1]));
        }
        return parameters;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
