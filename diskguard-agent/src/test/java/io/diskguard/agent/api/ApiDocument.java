/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/** The OpenAPI document, and whether answers are as it says. */
final class ApiDocument {
    static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode document;
    private final Map<String, JsonSchema> schemas = new HashMap<>();

    ApiDocument(String text) {
        this.document = read(text);
    }

    static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(text, e);
        }
    }

    JsonNode document() {
        return document;
    }

    /** Each path, as the document has it. */
    TreeSet<String> paths() {
        var paths = new TreeSet<String>();
        document.get("paths").fieldNames().forEachRemaining(paths::add);
        return paths;
    }

    /** Each status that the document has of the path. */
    TreeSet<String> statuses(String path) {
        var statuses = new TreeSet<String>();
        responses(path).fieldNames().forEachRemaining(statuses::add);
        return statuses;
    }

    TreeSet<String> parameters(String path) {
        var names = new TreeSet<String>();
        operation(path).path("parameters").forEach(parameter -> {
            if (parameter.get("in").textValue().equals("query")) {
                names.add(parameter.get("name").textValue());
            }
        });
        return names;
    }

    /** The schema and the examples of the JSON that the path answers with. */
    JsonNode content(String path, String status) {
        var response = responses(path).get(status);
        assertThat(response).as("%s %s is in the document", path, status).isNotNull();
        var resolved = response.has("$ref")
                ? document.at(response.get("$ref").textValue().substring(1))
                : response;
        return resolved.get("content").get("application/json");
    }

    /** Fails unless the answer is as the document says. */
    void holds(String path, int status, String body) {
        holds(path + " " + status, content(path, String.valueOf(status)).get("schema"), read(body));
    }

    void holds(String what, JsonNode schema, JsonNode value) {
        var compiled = schemas.computeIfAbsent(schema.toString(), text -> compile(schema));
        assertThat(compiled.validate(value)).as("%s: %s", what, value).isEmpty();
    }

    private JsonNode operation(String path) {
        return Objects.requireNonNull(document.get("paths").get(path), path).get("get");
    }

    private JsonNode responses(String path) {
        return operation(path).get("responses");
    }

    private JsonSchema compile(JsonNode schema) {
        ObjectNode whole = schema.deepCopy();
        whole.put("$schema", DIALECT);
        whole.set("components", document.get("components"));
        return compiled(whole);
    }

    static JsonSchema compiled(JsonNode schema) {
        var config =
                SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(schema, config);
    }
}
