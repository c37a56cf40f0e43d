/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.config;

/** From values without a problem to the configuration. */
final class ConfigAssembly {
    private ConfigAssembly() {}

    /** What the keys mean together. */
    static void check(ConfigValues values, Findings findings) {
        LimitKeys.check(values, findings);
        ExclusionKeys.check(values, findings);
        RuntimeKeys.check(values, findings);
        KubernetesKeys.check(values, findings);
        SmartRules.check(values, findings);
    }

    static GuardConfig assemble(ConfigValues values) {
        return new GuardConfig(
                LimitKeys.settings(values),
                DiskKeys.settings(values),
                ExclusionKeys.settings(values),
                RuntimeKeys.settings(values),
                KubernetesKeys.settings(values),
                SmartKeys.settings(values),
                values.get(ProcessKeys.ANNOTATION_PREFIX),
                values.get(SmartKeys.ANNOTATION_PREFIX),
                values.get(ProcessKeys.CHECK_INTERVAL),
                values.get(ProcessKeys.CGROUP_VERSION),
                values.get(ProcessKeys.ON_SHUTDOWN),
                values.get(ProcessKeys.STATE_DIR),
                values.get(ProcessKeys.HTTP_ADDRESS));
    }
}
