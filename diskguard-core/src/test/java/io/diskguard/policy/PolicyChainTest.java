/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.config.GuardConfig;
import io.diskguard.model.DeviceId;
import io.diskguard.model.Disk;
import io.diskguard.model.DiskUse;
import io.diskguard.model.IoLimit;
import io.diskguard.model.LimitKey;
import io.diskguard.model.Pod;
import io.diskguard.model.QosClass;
import io.diskguard.model.Rate;
import io.diskguard.spi.LimitPolicy;
import io.diskguard.spi.LimitPolicy.Phase;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class PolicyChainTest {
    private static final IoLimit DEFAULTS =
            IoLimit.UNLIMITED.with(LimitKey.RIOPS, Rate.perSecond(500)).with(LimitKey.WIOPS, Rate.perSecond(500));

    private static PolicyChain chain(IoLimit ceiling, LimitPolicy... custom) {
        var config =
                GuardConfig.builder().defaultLimit(DEFAULTS).ceiling(ceiling).build();
        return PolicyChain.of(config, List.of(custom));
    }

    private static LimitPolicy.Subject pod(Map<String, String> annotations) {
        var pod = new Pod("uid", "shop", "db-0", QosClass.BURSTABLE, Map.of(), annotations, List.of());
        return new LimitPolicy.Subject(pod, Optional.empty(), DiskUse.guarded(new Disk(new DeviceId(8, 0), "sda")));
    }

    @Test
    void everyNumberSaysWhereItComesFrom() {
        var decision = chain(IoLimit.UNLIMITED.with(LimitKey.RBPS, Rate.perSecond(1 << 20)))
                .decide(pod(Map.of("iops-limit/read-iops", "100")));
        assertThat(decision.limit()).hasToString("rbps=1048576 wbps=max riops=100 wiops=500");
        assertThat(decision.origins())
                .isEqualTo(new Decision.Origins(
                        "annotation iops-limit/read-iops",
                        "default container_write_iops_limit",
                        "ceiling max_bps_limit",
                        "none"));
    }

    @Test
    void theCeilingBindsZeroAndRemovedToo() {
        var ceiling = IoLimit.UNLIMITED.with(LimitKey.WIOPS, Rate.perSecond(900));
        for (var annotations : List.of(
                Map.of("iops-limit/iops", "0"),
                Map.of("iops-limit/removed", "true"),
                Map.of("iops-limit/iops", "5000000000"))) {
            var decision = chain(ceiling).decide(pod(annotations));
            assertThat(decision.limit().wiops()).isEqualTo(Rate.perSecond(900));
            assertThat(decision.limit().riops()).isEqualTo(Rate.UNLIMITED);
        }
    }

    @Test
    void aTighteningPolicyTightensAndNeverLoosens() {
        var policy = new Custom(
                Phase.TIGHTEN,
                1,
                "night",
                subject -> new LimitPolicy.Proposal(
                        Map.of(
                                LimitKey.RIOPS, new LimitPolicy.Proposed(Rate.perSecond(200), "night"),
                                LimitKey.WIOPS, new LimitPolicy.Proposed(Rate.perSecond(900), "night")),
                        List.of()));
        var decision = chain(IoLimit.UNLIMITED, policy).decide(pod(Map.of()));
        assertThat(decision.limit()).hasToString("rbps=max wbps=max riops=200 wiops=500");
        assertThat(decision.origin(LimitKey.RIOPS)).isEqualTo("night");
    }

    @Test
    void theCeilingBindsWhereOnlyATighteningPolicyLimits() {
        var policy = new Custom(
                Phase.TIGHTEN,
                1,
                "night",
                subject -> new LimitPolicy.Proposal(
                        Map.of(LimitKey.RIOPS, new LimitPolicy.Proposed(Rate.perSecond(200), "night")), List.of()));
        var other = new DiskUse(new Disk(new DeviceId(8, 16), "sdb"), false, Set.of(), false);
        var ceiling = IoLimit.UNLIMITED.with(LimitKey.WIOPS, Rate.perSecond(900));
        assertThat(chain(ceiling, policy).decide(with(pod(Map.of()), other)).limit())
                .hasToString("rbps=max wbps=max riops=200 wiops=900");
    }

    @Test
    void aBasePolicyOfLowerOrderSpeaksBeforeTheAnnotation() {
        var policy = new Custom(
                Phase.BASE,
                50,
                "first",
                subject -> new LimitPolicy.Proposal(
                        Map.of(LimitKey.RIOPS, new LimitPolicy.Proposed(Rate.perSecond(1), "first")), List.of()));
        var decision = chain(IoLimit.UNLIMITED, policy).decide(pod(Map.of("iops-limit/iops", "300")));
        assertThat(decision.limit()).hasToString("rbps=max wbps=max riops=2 wiops=300");
        assertThat(decision.failures()).singleElement().satisfies(failure -> assertThat(failure.policy())
                .isEqualTo("first"));
    }

    @Test
    void aPolicyThatThrowsCostsItsOwnProposalOnly() {
        var throwing = new Custom(Phase.TIGHTEN, 1, "broken", subject -> {
            throw new IllegalStateException("no");
        });
        var linkage = new Custom(Phase.BASE, 1, "missing", subject -> {
            throw new NoClassDefFoundError("x/Y");
        });
        var decision = chain(IoLimit.UNLIMITED, throwing, linkage).decide(pod(Map.of()));
        assertThat(decision.limit()).isEqualTo(DEFAULTS);
        assertThat(decision.failures()).extracting(Decision.Failure::policy).containsExactly("missing", "broken");
        assertThat(decision.problems()).isEmpty();
    }

    @Test
    void aDiskThatIsNotConfiguredIsLimitedOnlyWhereARuleNamesIt() {
        var ceiling = IoLimit.UNLIMITED.with(LimitKey.WIOPS, Rate.perSecond(900));
        var rule = "[{volume: data, readIops: 40}]";
        var subject = pod(Map.of("iops-limit/iops", "70", "iops-limit/policy", rule));
        var disk = new Disk(new DeviceId(8, 16), "sdb");
        var named = new DiskUse(disk, false, Set.of("data"), false);
        var other = new DiskUse(disk, false, Set.of("logs"), false);

        assertThat(chain(ceiling).decide(with(subject, named)).limit())
                .hasToString("rbps=max wbps=max riops=40 wiops=900");
        assertThat(chain(ceiling).decide(with(subject, other)).limit()).isEqualTo(IoLimit.UNLIMITED);
        assertThat(chain(ceiling).named(subject.pod()).places()).isTrue();
    }

    private static LimitPolicy.Subject with(LimitPolicy.Subject subject, DiskUse use) {
        return new LimitPolicy.Subject(subject.pod(), subject.container(), use);
    }

    private record Custom(Phase phase, int order, String name, Function<Subject, Proposal> proposal)
            implements LimitPolicy {
        @Override
        public Proposal propose(Subject subject) {
            return proposal.apply(subject);
        }
    }
}
