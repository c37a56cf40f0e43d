/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.config;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every configuration key, once: the loader, the environment and the reference documentation read this table. */
public final class ConfigKeys {
    private static final List<KeyGroup> GROUPS = List.of(
            LimitKeys.GROUP,
            DiskKeys.GROUP,
            ExclusionKeys.GROUP,
            ProcessKeys.GROUP,
            RuntimeKeys.GROUP,
            KubernetesKeys.GROUP,
            SmartKeys.GROUP,
            SmartWindowKeys.GROUP,
            SmartReleaseKeys.GROUP);

    private static final List<ConfigKey<?>> ALL = GROUPS.stream()
            .<ConfigKey<?>>flatMap(group -> group.keys().stream())
            .toList();
    private static final List<String> NAMES = ALL.stream().map(ConfigKey::name).toList();
    private static final Map<String, ConfigKey<?>> BY_NAME =
            ALL.stream().collect(Collectors.toUnmodifiableMap(ConfigKey::name, Function.identity()));

    /** Each environment variable with its key; obsolete ones too. */
    static final Map<String, String> VARIABLES = Stream.concat(NAMES.stream(), ObsoleteKeys.names().stream())
            .collect(Collectors.toUnmodifiableMap(name -> name.toUpperCase(Locale.ROOT), Function.identity()));

    private ConfigKeys() {}

    /** Every key by theme, in the order of the reference. */
    public static List<KeyGroup> groups() {
        return GROUPS;
    }

    /** Every key, in the order of the reference. */
    public static List<ConfigKey<?>> all() {
        return ALL;
    }

    /** The key of this name. */
    public static Optional<ConfigKey<?>> find(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** The key that a misspelt one is most like. */
    static String nearest(String name) {
        return Nearest.to(name, NAMES);
    }
}
