/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;

/** The only class that needs jackson-dataformat-yaml, which is optional. */
final class YamlMapper {
    private YamlMapper() {}

    /** Its parser gives an alias as such and resolves none, so that none can multiply. */
    static JsonFactory factory(StreamReadConstraints constraints) {
        return YAMLFactory.builder()
                .streamReadConstraints(constraints)
                .enable(YAMLParser.Feature.EMPTY_STRING_AS_NULL)
                // a namespace may be called "no", and "yes" is asked what it means
                .enable(YAMLParser.Feature.PARSE_BOOLEAN_LIKE_WORDS_AS_STRINGS)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
    }

    /** Whether the text just read is {@code *name}, which the parser does not resolve. */
    static boolean isAlias(JsonParser parser) {
        return parser instanceof YAMLParser yaml && yaml.isCurrentAlias();
    }
}
