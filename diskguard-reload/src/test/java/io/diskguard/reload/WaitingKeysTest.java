/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.diskguard.config.ConfigLoader;
import io.diskguard.config.ConfigResult;
import io.diskguard.reload.Reload.Result;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WaitingKeysTest {
    private final Rig rig = new Rig(Map.of("check_interval", 10, "state_dir", "/var/lib/one"));

    @Test
    void aKeyThatNeedsAStartKeepsItsValueAndTheRestIsPutInForce() {
        var reload = rig.reads(Map.of("check_interval", 20, "state_dir", "/var/lib/two", "http_address", ":80"));

        assertThat(reload.result()).isEqualTo(Result.APPLIED);
        assertThat(reload.changes())
                .extracting(KeyChange::key, KeyChange::live)
                .containsExactly(
                        tuple("check_interval", true), tuple("state_dir", false), tuple("http_address", false));
        assertThat(rig.inForce().checkInterval()).hasSeconds(20);
        assertThat(rig.inForce().stateDir()).hasToString("/var/lib/one");
        assertThat(rig.inForce().httpAddress().port()).isEqualTo(2112);
        assertThat(rig.applied).containsExactly(rig.inForce());
        var status = rig.reloader.status();
        assertThat(status.waiting()).extracting(KeyChange::key).containsExactly("state_dir", "http_address");
        assertThat(status.inForce().effective().get("state_dir").value()).isEqualTo("/var/lib/one");
        assertThat(status.inForce().effective().get("http_address").origin()).isEqualTo("default");
    }

    @Test
    void whereNothingElseChangedTheTargetIsNotAsked() {
        var reload = rig.reads(Map.of("check_interval", 10, "state_dir", "/var/lib/two"));

        assertThat(reload.result()).isEqualTo(Result.APPLIED);
        assertThat(reload.changes())
                .singleElement()
                .matches(it -> !it.live() && it.before().equals("/var/lib/one"));
        assertThat(rig.applied).isEmpty();
        assertThat(rig.reloader.status().since())
                .isEqualTo(rig.reloader.history().get(0).at());
    }

    @Test
    void whatWaitsIsToldByTheChangeThatMadeItWaitOnly() {
        rig.reads(Map.of("check_interval", 10, "state_dir", "/var/lib/two"));

        var reload = rig.reads(Map.of("check_interval", 20, "state_dir", "/var/lib/two"));

        assertThat(reload.changes()).extracting(KeyChange::key).containsExactly("check_interval");
        assertThat(rig.reloader.status().waiting()).hasSize(1);
        assertThat(rig.reads(Map.of("check_interval", 20, "state_dir", "/var/lib/three"))
                        .changes())
                .extracting(KeyChange::after)
                .containsExactly("/var/lib/three");
    }

    @Test
    void changedBackNothingWaits() {
        rig.reads(Map.of("check_interval", 10, "state_dir", "/var/lib/two"));

        var reload = rig.reads(Map.of("check_interval", 10, "state_dir", "/var/lib/one"));

        assertThat(reload.result()).isEqualTo(Result.UNCHANGED);
        assertThat(rig.reloader.status().waiting()).isEmpty();
    }

    @Test
    void aKeyThatWasAbsentStaysSo() {
        rig.reads(Map.of("check_interval", 20, "state_dir", "/var/lib/one", "node_name", "node-1"));

        assertThat(rig.inForce().kubernetes().nodeName()).isEmpty();
        assertThat(rig.reloader.status().waiting())
                .singleElement()
                .matches(it -> it.before().isEmpty() && it.after().equals("node-1"));
    }

    @Test
    void theKeysForBothDirectionsMeanTheSameBesideWhatWaits() {
        rig.reads(Map.of("container_iops_limit", 300, "container_read_iops_limit", 100, "state_dir", "/var/lib/two"));

        assertThat(rig.inForce().limits().defaults().riops()).hasToString("100");
        assertThat(rig.inForce().limits().defaults().wiops()).hasToString("300");
        assertThat(rig.reloader
                        .status()
                        .inForce()
                        .effective()
                        .get("container_write_iops_limit")
                        .origin())
                .isEqualTo("container_iops_limit in " + Rig.FILE + " line 1");
    }

    @Test
    void whatIsNotValidBesideWhatGoesOnAsksForARestart() {
        var next = new FakeSource("file", 1).says(Map.of("pod_source", "kubelet", "node_name", "node-1"));
        var waiting = List.of(new KeyChange("node_name", "", "node-1", "file line 1", false));

        var mixed = Running.of(
                rig.reloader.status().inForce(), (ConfigResult.Valid) ConfigLoader.load(List.of(next)), waiting);

        assertThat(mixed).isInstanceOfSatisfying(ConfigResult.Invalid.class, invalid -> {
            assertThat(invalid.problems()).hasSizeGreaterThan(1);
            assertThat(ConfigLines.of(invalid.problems().get(0))).contains("node_name is \"node-1\"", "a restart");
        });
    }

    @Test
    void whatIsRolledBackLeavesWaitingAsItWas() {
        rig.refuses("no disk");
        rig.reads(Map.of("check_interval", 20, "state_dir", "/var/lib/two"));

        assertThat(rig.reloader.status().waiting()).isEmpty();
    }
}
