/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.config;

import static io.diskguard.config.ConfigKey.of;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Who is asked about containers. */
final class RuntimeKeys {
    private static final String UNIX = "unix://";
    /** {@code pkg/identifiers} of containerd. */
    private static final Pattern NAMESPACE = Pattern.compile("(?=.{1,76}$)[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*");

    static final ConfigKey<RuntimeSettings.Kind> RUNTIME = of(
                    "container_runtime",
                    Types.constant(RuntimeSettings.Kind.values()),
                    "which container runtime is asked; auto for whichever is there, none for no runtime")
            .withDefault("auto");
    static final ConfigKey<Path> SOCKET = of(
            "container_socket_path",
            ValueType.scalar("an absolute path, with or without unix:// before it", RuntimeKeys::socket),
            "overrides the usual socket of the runtime");
    static final ConfigKey<String> CONTAINERD_NAMESPACE = of(
                    "containerd_namespace",
                    ValueType.scalar("a namespace of containerd such as k8s.io", text -> Optional.of(text)
                            .filter(it -> NAMESPACE.matcher(it).matches())),
                    "where containerd keeps the containers")
            .withDefault("k8s.io")
            .notUsedYet();

    static final KeyGroup GROUP = new KeyGroup("Container runtime", "", List.of(RUNTIME, SOCKET, CONTAINERD_NAMESPACE));

    private RuntimeKeys() {}

    static RuntimeSettings settings(ConfigValues values) {
        return new RuntimeSettings(values.get(RUNTIME), values.find(SOCKET), values.get(CONTAINERD_NAMESPACE));
    }

    private static Optional<Path> socket(String text) {
        return Scalars.absolutePath(text.startsWith(UNIX) ? text.substring(UNIX.length()) : text);
    }
}
