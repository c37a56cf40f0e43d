/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.config;

import io.diskguard.config.GuardConfig.CgroupVersion;
import io.diskguard.config.GuardConfig.OnShutdown;
import io.diskguard.model.Exclusions;
import io.diskguard.model.IoLimit;
import io.diskguard.model.Rate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** What holds where nothing is configured. */
final class ConfigDefaults {
    private ConfigDefaults() {}

    static GuardConfigBuilder builder() {
        var rate = Rate.perSecond(500);
        var threshold = new Threshold.Fraction(0.8);
        var release = new Threshold.Fraction(0.5);
        var none = OptionalLong.empty();
        return new GuardConfigBuilder(new GuardConfig(
                new LimitSettings(new IoLimit(rate, rate, Rate.UNLIMITED, Rate.UNLIMITED), IoLimit.UNLIMITED),
                new DiskSettings(List.of("/data"), List.of(), new DiskCapacity(OptionalLong.of(3000), none), Map.of()),
                new Exclusions(
                        Set.of("kube-system"),
                        Optional.empty(),
                        List.of("pause", "istio-proxy", "psmdb", "kube-system", "koordinator", "apisix"),
                        List.of()),
                new RuntimeSettings(RuntimeSettings.Kind.AUTO, Optional.empty(), "k8s.io"),
                new KubernetesSettings(
                        Optional.empty(),
                        Optional.empty(),
                        new KubeletSettings(
                                "localhost",
                                10250,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                false)),
                new SmartSettings(
                        false,
                        SmartSettings.Mode.ENFORCE,
                        Duration.ofSeconds(60),
                        List.of(new SmartWindow("legacy", Duration.ofMinutes(10), threshold, threshold, none, none)),
                        SmartSettings.Reference.DISK,
                        50,
                        1 << 20,
                        new SmartRelease(release, release, Duration.ofMinutes(5), Duration.ofMinutes(1)),
                        false,
                        Optional.empty()),
                "iops-limit",
                "iops-limit",
                Duration.ofSeconds(30),
                CgroupVersion.AUTO,
                OnShutdown.KEEP,
                Path.of("/var/lib/diskguard"),
                new HttpAddress("0.0.0.0", 2112)));
    }
}
