/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.diskguard.spi.ConfigSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Configurations as people write them, and what comes of them. */
final class Sources {
    private Sources() {}

    /** A YAML file named {@code c.yaml} with these lines. */
    static ConfigSource yaml(String... lines) {
        return file("c.yaml", String.join("\n", lines), Map.of());
    }

    static ConfigSource file(String name, String text, Map<String, String> variables) {
        try {
            var fs = Jimfs.newFileSystem(Configuration.unix());
            return new FileConfigSource(Files.writeString(fs.getPath(name), text), variables);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Variables and values in turn. */
    static ConfigSource environment(String... variables) {
        var map = new HashMap<String, String>();
        for (var i = 0; i < variables.length; i += 2) {
            map.put(variables[i], variables[i + 1]);
        }
        return new EnvironmentConfigSource(map);
    }

    static ConfigResult.Valid valid(ConfigSource... sources) {
        var result = ConfigLoader.load(List.of(sources));
        assertThat(result).isInstanceOf(ConfigResult.Valid.class);
        return (ConfigResult.Valid) result;
    }

    static GuardConfig config(ConfigSource... sources) {
        return valid(sources).config();
    }

    /** Each problem as {@code key=value (origin): expected}. */
    static List<String> problems(ConfigSource... sources) {
        var result = ConfigLoader.load(List.of(sources));
        assertThat(result).isInstanceOf(ConfigResult.Invalid.class);
        var lines = new ArrayList<String>();
        ((ConfigResult.Invalid) result)
                .problems()
                .forEach(it -> lines.add(it.key() + "=" + it.value() + " (" + it.origin() + "): " + it.expected()));
        return lines;
    }

    /** Each warning as a line. */
    static List<String> warnings(ConfigSource... sources) {
        return valid(sources).warnings().stream().map(ConfigWarning::toString).toList();
    }
}
