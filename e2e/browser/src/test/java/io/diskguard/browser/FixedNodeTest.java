/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** That the node made up for the browser answers as the agent does. */
class FixedNodeTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final FixedNode node = FixedNode.rich();

    @Test
    void itAnswersAsTheOpenApiDocumentSays() throws IOException {
        var document = document();
        var id = FixedContainer.rich().get(1).id();
        for (var path : document.get("paths").properties()) {
            var part = path.getKey().replace("/api/v1/", "").replace("{id}", id);
            var answer = node.answer(part);
            if (answer.isPresent()) {
                ObjectNode schema = path.getValue()
                        .at("/get/responses/200/content/application~1json/schema")
                        .deepCopy();
                schema.set("components", document.get("components"));
                assertThat(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                                .getSchema(schema)
                                .validate(JSON.readTree(answer.get())))
                        .as(path.getKey())
                        .isEmpty();
            }
        }
        assertThat(node.answer("containers")).isPresent();
    }

    private static JsonNode document() throws IOException {
        try (var in = FixedNodeTest.class.getResourceAsStream("/io/diskguard/agent/api/openapi.json")) {
            return JSON.readTree(Objects.requireNonNull(in));
        }
    }
}
