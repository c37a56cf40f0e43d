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

    /** The one of containerd's CRI plugin ({@code internal/cri/constants}). */
    private static final String CRI_NAMESPACE = "k8s.io";

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
                    "where Kubernetes' containers are in containerd; the runtime is asked over CRI, which serves k8s.io only, so "
                            + "anything else gives a warning and has no effect")
            .withDefault(CRI_NAMESPACE);

    static final KeyGroup GROUP = new KeyGroup("Container runtime", "", List.of(RUNTIME, SOCKET, CONTAINERD_NAMESPACE));

    private RuntimeKeys() {}

    static RuntimeSettings settings(ConfigValues values) {
        return new RuntimeSettings(values.get(RUNTIME), values.find(SOCKET), values.get(CONTAINERD_NAMESPACE));
    }

    static void check(ConfigValues values, Findings findings) {
        if (values.isSet(CONTAINERD_NAMESPACE)
                && !values.find(CONTAINERD_NAMESPACE).equals(Optional.of(CRI_NAMESPACE))) {
            findings.warn(
                    CONTAINERD_NAMESPACE,
                    "has no effect: containerd is asked over CRI, which serves the namespace " + CRI_NAMESPACE
                            + " only");
        }
    }

    private static Optional<Path> socket(String text) {
        return Scalars.absolutePath(text.startsWith(UNIX) ? text.substring(UNIX.length()) : text);
    }
}
