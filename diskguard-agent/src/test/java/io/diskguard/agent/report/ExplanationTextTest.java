/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.diskguard.config.SmartSettings.Mode;
import io.diskguard.model.CgroupPath;
import io.diskguard.model.ContainerKey;
import io.diskguard.model.DeviceId;
import io.diskguard.model.Disk;
import io.diskguard.model.DiskUse;
import io.diskguard.model.IoLimit;
import io.diskguard.model.LimitKey;
import io.diskguard.model.PodRef;
import io.diskguard.model.Rate;
import io.diskguard.policy.Decision;
import io.diskguard.policy.smart.Recorded;
import io.diskguard.policy.smart.SmartDecision;
import io.diskguard.policy.smart.SmartLimit;
import io.diskguard.reconcile.Explanation;
import io.diskguard.reconcile.Target;
import io.diskguard.spi.LimitPolicy;
import io.diskguard.testkit.Pods;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ExplanationTextTest {
    private static final Instant AT = Instant.parse("2026-11-21T10:00:00Z");
    private static final String POD = Pods.pod("db").build().fullName();
    private static final Disk DISK = new Disk(new DeviceId(259, 0), "nvme0n1");
    private static final IoLimit WRITES = IoLimit.UNLIMITED.with(LimitKey.WIOPS, Rate.perSecond(400));
    private static final SmartLimit SMART =
            new SmartLimit("15m", AT, WRITES, Duration.ofMinutes(5), "15m[WriteIOPS:0.92>0.80]");

    @Test
    void aNumberFromLoadSaysItsWindowSinceWhenWhyAndWhenItMayGo() {
        assertThat(new ExplanationText(explained()).text())
                .containsPattern("app +nvme0n1 \\(259:0\\) +wiops +400 +400 +held +smart 15m\n")
                .contains(
                        "Smart: app on nvme0n1 (259:0): 400 write operations/s by window 15m since 2026-11-21T10:00:00Z"
                                + " (15m[WriteIOPS:0.92>0.80]), at the earliest until 2026-11-21T10:05:00Z\n");
    }

    @Test
    void theLastTenDecisionsAreShownTheNewestLast() {
        var decisions = IntStream.range(0, 12).mapToObj(ExplanationTextTest::decided);
        var lines = new ExplanationText(explained().with(decisions.toList()))
                .text()
                .lines()
                .filter(line -> line.startsWith("Decided "))
                .toList();
        assertThat(lines).hasSize(10);
        assertThat(lines.get(0))
                .startsWith("Decided 2026-11-21T10:02:00Z: container app on nvme0n1 (259:0): limited to");
        assertThat(lines.get(9)).startsWith("Decided 2026-11-21T10:11:00Z: ");
    }

    @Test
    void aProgramReadsTheSame() throws Exception {
        var json = new ObjectMapper().readTree(new ExplanationText(explained().with(List.of(decided(0)))).json());
        assertThat(json.at("/limits/0/smart/window").asText()).isEqualTo("15m");
        assertThat(json.at("/limits/0/smart/earliestRelease").asText()).isEqualTo("2026-11-21T10:05:00Z");
        assertThat(json.at("/limits/0/smart/limit/wiops").asLong()).isEqualTo(400);
        assertThat(json.at("/decisions/0/kind").asText()).isEqualTo("no-effect");
        assertThat(json.at("/decisions/0/mode").asText()).isEqualTo("enforce");
    }

    @Test
    void eachContainerAndDiskHasASentenceForATicket() {
        assertThat(new ExplanationText(explained()).text())
                .endsWith("In words:\n" + POD + ", container app on nvme0n1 (259:0): limited to 400 write operations/s"
                        + " by smart 15m; the kernel has the same\n");
    }

    @Test
    void whyThereIsNoLimitIsSaid() {
        assertThat(words(Decision.unlimited("excluded by exclude_keywords \"proxy\"")))
                .endsWith("(259:0): not limited: excluded by exclude_keywords \"proxy\"");
        assertThat(words(Decision.unlimited("none")))
                .endsWith("not limited: no annotation says so, and no default or ceiling is configured");
        var zero = new Decision.Origins("annotation iops-limit/read-iops", "none", "none", "none");
        assertThat(words(new Decision(IoLimit.UNLIMITED, zero, Optional.empty(), List.of(), List.of())))
                .endsWith("not limited, as is explicitly said: read operations by annotation iops-limit/read-iops");
    }

    @Test
    void aKernelThatHasSomethingElseIsTold() {
        assertThat(PlainWords.of(row(Decision.unlimited("none"), WRITES), "app"))
                .endsWith("; the kernel has a limit of 400 write operations/s until the agent's next look");
    }

    @Test
    void eachNumberSaysHowItStandsAndADifferenceSaysWhyBelowTheTable() {
        var wanted = new Decision(
                WRITES, new Decision.Origins("none", "a", "none", "none"), Optional.empty(), List.of(), List.of());
        assertThat(text(row(wanted, WRITES)))
                .containsPattern("riops +max +max +unlimited ")
                .containsPattern("wiops +400 +400 +held ")
                .doesNotContain("Differs");
        assertThat(text(row(wanted, IoLimit.UNLIMITED)))
                .containsPattern("wiops +400 +max +pending ")
                .contains("\nDiffers: app on nvme0n1 (259:0): the kernel has no limit until the agent's next look\n");
        var foreign = IoLimit.UNLIMITED.with(LimitKey.RBPS, Rate.perSecond(10 << 20));
        var theirs = row(wanted, foreign);
        assertThat(text(new Explanation.Row(theirs.target(), theirs.use(), wanted, theirs.kernel(), Optional.empty())))
                .containsPattern("rbps +max +10Mi +foreign ")
                .contains(
                        "\nDiffers: app on nvme0n1 (259:0): the kernel has a limit of 10 MiB/s read, which DiskGuard did"
                                + " not set and leaves alone\n");
    }

    @Test
    void bytesAreWrittenAsPeopleDoWhereThatIsExact() {
        assertThat(List.of(10L << 20, 3L << 30, 65536L, 1_500_000L, 10L << 20 | 1))
                .extracting(it -> SmartWords.number(LimitKey.WBPS, Rate.perSecond(it)))
                .containsExactly("10Mi", "3Gi", "64Ki", "1500000", "10485761");
        assertThat(SmartWords.number(LimitKey.WIOPS, Rate.perSecond(2048))).isEqualTo("2048");
    }

    @Test
    void whatATenantWroteCannotDriveTheTerminalNorFillIt() {
        var pod = Pods.pod("db").build();
        var problem = new LimitPolicy.Problem(
                "iops-limit/iops", "\u001b[2J\nPod shop/db is fine" + "A".repeat(200_000), "a number");
        var text =
                new ExplanationText(new Explanation(pod, List.of(), List.of(problem), List.of("a\u001b[31m"))).text();
        assertThat(text).doesNotContain("\u001b", "\nPod shop").hasSizeLessThan(2000);
    }

    @Test
    void whatTheRunningAgentKnowsIsAddedAndSaidToBeItsWord() throws Exception {
        var says = new AgentSays("http://127.0.0.1:2112", new ObjectMapper().readTree("""
                {"limits": [{"container": "app", "disk": "nvme0n1", "device": "259:0",
                             "limit": {"riops": "max", "wiops": 300, "rbps": "max", "wbps": "max"}}],
                 "ineffective": [{"container": "app", "device": "259:0", "cause": "BUFFERED_WRITES", "detail": "9 MiB/s"}],
                 "decisions": [{"at": "2026-11-21T10:00:00Z", "mode": "enforce", "kind": "apply", "container": "app",
                                "disk": "nvme0n1", "reason": "15m[WriteIOPS:0.92>0.80]",
                                "after": {"riops": "max", "wiops": 300, "rbps": "max", "wbps": "max"}}]}"""), List.of());
        var here = new ExplanationText(explained());
        assertThat(here.text(Optional.of(says)))
                .contains("The running agent at http://127.0.0.1:2112 says:\n"
                        + "  decided 2026-11-21T10:00:00Z: container app on nvme0n1: apply, to riops=max wiops=300"
                        + " rbps=max wbps=max: 15m[WriteIOPS:0.92>0.80]\n"
                        + "  ineffective: container app on 259:0: buffered writes: 9 MiB/s\n"
                        + "  container app on nvme0n1 is to have riops=max wiops=300 rbps=max wbps=max, not riops=max"
                        + " wiops=400 rbps=max wbps=max as above");
        var json = new ObjectMapper().readTree(here.json(Optional.of(says)));
        assertThat(json.at("/agent/url").asText()).isEqualTo("http://127.0.0.1:2112");
        assertThat(json.at("/agent/explanation/decisions/0/kind").asText()).isEqualTo("apply");
        assertThat(new ObjectMapper().readTree(here.json()).has("agent")).isFalse();
    }

    @Test
    void whatTheAgentKnowsOfALimitThatIsNotHeldIsTheState() throws Exception {
        var wanted = new Decision(
                WRITES, new Decision.Origins("none", "a", "none", "none"), Optional.empty(), List.of(), List.of());
        var container = new ObjectMapper().readTree("""
                {"container": "app", "disks": [{"device": "nvme0n1", "number": "259:0", "state": "contested",
                                                "detail": "left alone for 10 minutes"}]}""");
        var row = row(wanted, IoLimit.UNLIMITED.with(LimitKey.WIOPS, Rate.perSecond(9)));
        var here = new ExplanationText(new Explanation(row.target().pod(), List.of(row), List.of(), List.of()));
        var explanation = new ObjectMapper().readTree(here.json());
        var says = new AgentSays("http://127.0.0.1:2112", explanation, List.of(container));
        assertThat(here.text(Optional.of(says)))
                .containsPattern("wiops +400 +9 +contested +a\n")
                .contains("the kernel has a limit of 9 write operations/s: left alone for 10 minutes\n")
                .contains("  container app on nvme0n1 is contested: left alone for 10 minutes\n")
                .doesNotContain("next look");
        assertThat(says.alone())
                .startsWith("Pod " + POD + "\nCONTAINER ")
                .containsPattern("app +nvme0n1 \\(259:0\\) +wiops +400 +9 +contested +a\n")
                .contains(
                        "is contested: left alone for 10 minutes\n", "In words:\n" + POD + ", container app on nvme0n1")
                .endsWith("the kernel has a limit of 9 write operations/s: left alone for 10 minutes\n");
        assertThat(new ObjectMapper()
                        .readTree(says.json())
                        .at("/limits/0/container")
                        .asText())
                .isEqualTo("app");
    }

    private static String text(Explanation.Row row) {
        return new ExplanationText(new Explanation(row.target().pod(), List.of(row), List.of(), List.of())).text();
    }

    private static String words(Decision decision) {
        return PlainWords.of(row(decision, IoLimit.UNLIMITED), "app");
    }

    private static Explanation.Row row(Decision decision, IoLimit kernel) {
        var pod = Pods.pod("db").container("app").build();
        var target = new Target(pod, Optional.of(pod.containers().get(0)), new CgroupPath("/kubepods/x"));
        return new Explanation.Row(target, DiskUse.guarded(DISK), decision, Optional.of(kernel), Optional.of(WRITES));
    }

    private static Explanation explained() {
        var pod = Pods.pod("db").container("app").build();
        var target = new Target(pod, Optional.of(pod.containers().get(0)), new CgroupPath("/kubepods/x"));
        var origins = new Decision.Origins("none", "smart 15m", "none", "none");
        var decision = new Decision(WRITES, origins, Optional.of(SMART), List.of(), List.of());
        var row =
                new Explanation.Row(target, DiskUse.guarded(DISK), decision, Optional.of(WRITES), Optional.of(WRITES));
        return new Explanation(pod, List.of(row), List.of(), List.of());
    }

    private static Recorded decided(int minute) {
        var kind = minute == 0 ? SmartDecision.Kind.NO_EFFECT : SmartDecision.Kind.APPLY;
        return new Recorded(
                new PodRef("uid", "default", "db"),
                new SmartDecision(
                        AT.plus(Duration.ofMinutes(minute)),
                        kind,
                        new ContainerKey("uid", "app"),
                        DISK,
                        Optional.empty(),
                        Optional.of(SMART),
                        SMART.reason()),
                Mode.ENFORCE);
    }
}
