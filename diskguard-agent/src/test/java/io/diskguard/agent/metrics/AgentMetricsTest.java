/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.agent.house.House;
import io.diskguard.agent.house.Promtool;
import io.diskguard.agent.http.Health;
import io.diskguard.agent.http.Page;
import io.diskguard.agent.view.Waiting;
import io.diskguard.config.ConfigLoader;
import io.diskguard.config.ConfigResult;
import io.diskguard.config.EnvironmentConfigSource;
import io.diskguard.config.GuardConfig;
import io.diskguard.config.SmartSettings.Mode;
import io.diskguard.model.ContainerKey;
import io.diskguard.model.DeviceId;
import io.diskguard.model.Disk;
import io.diskguard.model.IoLimit;
import io.diskguard.model.LimitKey;
import io.diskguard.model.PodRef;
import io.diskguard.model.Rate;
import io.diskguard.policy.smart.Ineffective;
import io.diskguard.policy.smart.Moment;
import io.diskguard.policy.smart.Recorded;
import io.diskguard.policy.smart.Round;
import io.diskguard.policy.smart.SmartDecision;
import io.diskguard.policy.smart.SmartDecision.Kind;
import io.diskguard.policy.smart.SmartLimit;
import io.diskguard.reload.ConfigStatus;
import io.diskguard.reload.KeyChange;
import io.diskguard.reload.Reload;
import io.diskguard.spi.LimitEscapes;
import io.diskguard.spi.StateStore;
import io.diskguard.testkit.GuardedNode;
import io.diskguard.testkit.Pods;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentMetricsTest {
    private static final Instant AT = Instant.parse("2026-11-21T10:00:00Z");

    private static final ConfigStatus START =
            new ConfigStatus(valid(Map.of()), AT, reload(Reload.Result.APPLIED), List.of());
    private static final KeyChange HTTP = new KeyChange("http_address", "0.0.0.0:2112", ":1", "file", false);

    private ConfigStatus status = START;
    private final AgentMetrics metrics = configured();

    @Test
    void decisionsAreCountedByActionWindowAndMode() {
        metrics.smartDecided(recorded("app", Kind.APPLY, "15m", Mode.ENFORCE));
        metrics.smartDecided(recorded("web", Kind.APPLY, "15m", Mode.ENFORCE));
        metrics.smartDecided(recorded("app", Kind.UPDATE, "30m", Mode.ENFORCE));
        metrics.smartDecided(recorded("app", Kind.NO_EFFECT, "30m", Mode.SHADOW));
        assertThat(text())
                .contains(
                        "diskguard_smart_decisions_total{action=\"throttle\",mode=\"enforce\",window=\"15m\"} 2.0",
                        "diskguard_smart_decisions_total{action=\"tighten\",mode=\"enforce\",window=\"30m\"} 1.0",
                        "diskguard_smart_decisions_total{action=\"hold\",mode=\"shadow\",window=\"30m\"} 1.0");
    }

    @Test
    void limitsThatDoNotHoldEverythingAreCountedByTheCause() {
        metrics.limitIneffective(new Ineffective(
                new PodRef("uid", "shop", "db"),
                "app",
                Optional.empty(),
                LimitEscapes.Cause.NETWORK_FILE_SYSTEM,
                "volume shared is on the network",
                Optional.empty(),
                IoLimit.UNLIMITED));
        assertThat(text()).contains("diskguard_limit_ineffective_total{cause=\"network_file_system\"} 1.0");
    }

    /** Whoever may write annotations could else make a time series with each. */
    @Test
    void aWindowThatNobodyConfiguredIsNoLabelOfItsOwn() {
        for (var i = 0; i < 2000; i++) {
            metrics.smartDecided(recorded("app", Kind.RESTORE, "forged-" + i, Mode.ENFORCE));
        }
        assertThat(text())
                .contains(
                        "diskguard_smart_decisions_total{action=\"restore\",mode=\"enforce\",window=\"other\"} 2000.0")
                .doesNotContain("forged");
    }

    @Test
    void aDiskThatIsCountedAgainIsNoAlertAnyMore() {
        var disk = new Disk(new DeviceId(8, 0), "sda");
        metrics.countingOff(disk, "iostats is 0");
        assertThat(text()).contains("diskguard_disk_counting_off{device=\"sda\"} 1.0");

        metrics.countingOn(disk);

        assertThat(text()).contains("diskguard_disk_counting_off{device=\"sda\"} 0.0");
    }

    @Test
    void whatWouldBeTooManyIsLeftOutAndCounted() {
        for (var i = 0; i < Series.MOST + 7; i++) {
            metrics.countingOff(new Disk(new DeviceId(8, i), "disk" + i), "");
        }
        assertThat(text().lines().filter(line -> line.startsWith("diskguard_disk_counting_off{")))
                .hasSize(Series.MOST);
        assertThat(text()).contains("diskguard_metric_series_dropped_total 7.0");
    }

    @Test
    void whatTheEngineWritesIsCounted() {
        try (var node = GuardedNode.with(GuardConfig.defaults(), builder -> {
            metrics.listeners().forEach(builder::listener);
            return builder;
        })) {
            node.run(Pods.pod("db")
                            .container("app")
                            .annotation("iops-limit/iops", "fast")
                            .build())
                    .pass(Duration.ofSeconds(1));
            try (var other = node.node().driver()) {
                other.apply(
                        node.node().cgroupOf(Pods.idOf("db", "app")).orElseThrow(),
                        node.disk().id(),
                        IoLimit.UNLIMITED);
            }
            node.pass(Duration.ofMinutes(1));
        }
        assertThat(text())
                .contains(
                        "diskguard_limit_writes_total{cgroup_version=\"2\",reason=\"new\",result=\"ok\"} 1.0",
                        "diskguard_limit_writes_total{cgroup_version=\"2\",reason=\"drift\",result=\"ok\"} 1.0",
                        "diskguard_limit_drift_total 1.0",
                        "diskguard_annotation_invalid_total 1.0");
    }

    @Test
    void whoAcceptsOpenMetricsGetsThem() {
        var open = page("application/openmetrics-text;version=1.0.0;q=0.9,text/plain;q=0.5");
        assertThat(open.contentType()).startsWith("application/openmetrics-text; version=1.0.0");
        assertThat(page("application/openmetrics-text;q=0, */*").contentType()).startsWith("text/plain");
        assertThat(open.text()).endsWith("# EOF\n").contains("# TYPE diskguard_limit_drift counter\n");
        var plain = page("");
        assertThat(plain.contentType()).startsWith("text/plain; version=0.0.4");
        assertThat(plain.text())
                .doesNotContain("# EOF")
                .contains("# TYPE diskguard_limit_drift_total counter\n", "diskguard_ready{check=\"pods\"} 0.0");
    }

    @Test
    void thePageNamesEveryMetric() {
        var page = House.read(Path.of("docs/metrics.md"));
        assertThat(metrics.families())
                .extracting(Family::fullName)
                .hasSizeGreaterThan(35)
                .allSatisfy(name -> assertThat(page).contains("`" + name + "`"));
    }

    @Test
    void promtoolFindsNothingWrong(@TempDir Path directory) throws IOException {
        metrics.smartDecided(recorded("app", Kind.APPLY, "15m", Mode.ENFORCE));
        metrics.stateNotStored(new PodRef("uid", "shop", "db"), new StateStore.Result.Failed("away"));
        metrics.countingOff(new Disk(new DeviceId(8, 0), "sda"), "");
        metrics.sampled(round(Set.of()), List.of());
        Promtool.findsNothingIn(text(), directory);
    }

    @Test
    void whatBecomesOfChangesOfTheConfigurationIsCounted() {
        assertThat(text())
                .contains("diskguard_config_reloads_total{result=\"rejected\"} 0.0")
                .contains("diskguard_config_last_reload_successful 1.0")
                .contains("diskguard_config_last_reload_success_timestamp_seconds 1.7952552E9")
                .contains("diskguard_config_keys_waiting 0.0");

        status = new ConfigStatus(START.inForce(), AT, reload(Reload.Result.REJECTED), List.of(HTTP));
        metrics.reloads().reloaded(status.last());

        assertThat(text())
                .contains("diskguard_config_reloads_total{result=\"rejected\"} 1.0")
                .contains("diskguard_config_last_reload_successful 0.0")
                .contains("diskguard_config_last_reload_success_timestamp_seconds 1.7952552E9")
                .contains("diskguard_config_keys_waiting 1.0");
    }

    private static Reload reload(Reload.Result result) {
        return new Reload(
                result == Reload.Result.APPLIED ? 0 : 1,
                AT,
                List.of(),
                result,
                List.of(),
                List.of(),
                0,
                "",
                List.of(),
                Duration.ZERO);
    }

    private static AgentMetrics configured() {
        var metrics = new AgentMetrics(System::nanoTime, "2");
        var windows = Map.of("SMART_LIMIT_GRADED_THRESHOLDS", "true");
        metrics.configured(valid(windows).config());
        return metrics;
    }

    private static ConfigResult.Valid valid(Map<String, String> variables) {
        return (ConfigResult.Valid) ConfigLoader.load(List.of(new EnvironmentConfigSource(variables)));
    }

    private String text() {
        return page("").text();
    }

    private Page page(String accepted) {
        return metrics.page(
                new AgentMetrics.Now(
                        new Health() {
                            @Override
                            public Check liveness() {
                                return new Check("loop", true, "turns");
                            }

                            @Override
                            public List<Check> readiness() {
                                return List.of(new Check("pods", false, "unknown"));
                            }
                        },
                        status,
                        List.of(),
                        List.of(),
                        new Waiting(Optional.empty(), Optional.empty())),
                accepted);
    }

    private static Round round(Set<ContainerKey> absent) {
        return new Round(new Moment(0, AT), List.of(), absent, Map.of());
    }

    private static ContainerKey key(String container) {
        return new ContainerKey("uid", container);
    }

    private static Recorded recorded(String container, Kind kind, String window, Mode mode) {
        var rates = IoLimit.UNLIMITED.with(LimitKey.RIOPS, Rate.perSecond(400));
        var limit = Optional.of(new SmartLimit(window, AT, rates, Duration.ZERO, ""));
        var none = Optional.<SmartLimit>empty();
        var before = kind == Kind.UPDATE || kind == Kind.RELEASE ? limit : none;
        var after = kind == Kind.RELEASE || kind == Kind.NO_EFFECT ? none : limit;
        return new Recorded(
                new PodRef("uid", "shop", "db"),
                new SmartDecision(
                        AT,
                        kind,
                        key(container),
                        new Disk(new DeviceId(259, 0), "nvme0n1"),
                        before,
                        after,
                        window + "[ReadIOPS:0.92>0.80]"),
                mode);
    }
}
