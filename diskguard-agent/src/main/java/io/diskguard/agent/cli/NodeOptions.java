/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.cli;

import io.diskguard.agent.node.NodeArguments;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where configuration, pods and plugins are. */
final class NodeOptions {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Configuration, YAML or JSON (default: $CONFIG_FILE_PATH, else none).")
    private Optional<Path> config = Optional.empty();

    @Option(names = "--plugins", paramLabel = "DIR", description = "Directory of plugin jars.")
    private Optional<Path> plugins = Optional.empty();

    NodeArguments arguments() {
        return new NodeArguments(config, plugins);
    }
}
