/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ApiDocumentTest {
    private final ApiDocument document = new ApiDocument(resource("openapi.json"));

    /** The schema is the one that the OpenAPI Initiative publishes (Apache-2.0). */
    @Test
    void itIsValidOpenApi() {
        assertThat(ApiDocument.compiled(ApiDocument.read(resource("openapi-3.1.schema.json")))
                        .validate(document.document()))
                .isEmpty();
        assertThat(document.document().get("openapi").textValue()).startsWith("3.1");
    }

    @Test
    void eachSchemaIsValidJsonSchema() {
        var meta = ApiDocument.compiled(ApiDocument.read("{\"$ref\":\"" + ApiDocument.DIALECT + "\"}"));
        document.document().at("/components/schemas").properties().forEach(schema -> assertThat(
                        meta.validate(schema.getValue()))
                .as(schema.getKey())
                .isEmpty());
    }

    @Test
    void eachObjectSaysAllThatIsInIt() {
        var loose = new ArrayList<String>();
        strict("", document.document().at("/components/schemas"), loose);
        assertThat(loose).isEmpty();
    }

    @Test
    void theExamplesAreAsTheSchemasSay() {
        for (var path : document.paths()) {
            for (var status : document.statuses(path)) {
                var content = content(path, status);
                if (content != null) {
                    assertThat(content.has("example")).as(path + " " + status).isTrue();
                    document.holds(path + " " + status, content.get("schema"), content.get("example"));
                }
            }
        }
    }

    @Test
    void everyPathThatIsRefusedSaysHow() {
        assertThat(document.paths())
                .filteredOn(path -> path.startsWith(Api.PATH))
                .allSatisfy(path -> assertThat(document.statuses(path)).contains("200", "400", "405", "500"));
    }

    private JsonNode content(String path, String status) {
        var response = document.document().get("paths").get(path).at("/get/responses/" + status);
        return response.has("$ref") || response.get("content").has("application/json")
                ? document.content(path, status)
                : null;
    }

    private static void strict(String at, JsonNode node, List<String> loose) {
        if (node.path("type").asText().equals("object")
                && node.path("additionalProperties").asBoolean(true)) {
            loose.add(at);
        }
        node.properties().forEach(field -> strict(at + "/" + field.getKey(), field.getValue(), loose));
    }

    static String resource(String name) {
        try (var in = ApiDocumentTest.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
