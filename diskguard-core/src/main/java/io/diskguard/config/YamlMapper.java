/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.config;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;

/** The only class that needs jackson-dataformat-yaml, which is optional. */
final class YamlMapper {
    private YamlMapper() {}

    static ObjectMapper create() {
        return new ObjectMapper(new YAMLFactory());
    }
}
