/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.annotation;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;

/** The only class of this package that needs jackson-dataformat-yaml, which is optional. */
final class PolicyYaml {
    private static final ObjectReader READER = reader();

    private PolicyYaml() {}

    /** An alias is refused: the parser would give its name as a text. */
    static JsonNode parse(String text) throws IOException {
        try (var parser = ((YAMLFactory) READER.getFactory()).createParser(text)) {
            PolicyText.checkSize(parser, () -> {
                if (parser.isCurrentAlias()) {
                    throw new JsonParseException(parser, "an alias, which a policy may not have");
                }
            });
        }
        return READER.readTree(text);
    }

    private static ObjectReader reader() {
        var factory = YAMLFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(PolicyText.DEEPEST)
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                // a container may be called "on"
                .enable(YAMLParser.Feature.PARSE_BOOLEAN_LIKE_WORDS_AS_STRINGS)
                .build();
        return new ObjectMapper(factory)
                .readerFor(JsonNode.class)
                .with(
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                        DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    }
}
