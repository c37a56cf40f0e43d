/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.scenarios.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.diskguard.model.DeviceId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MachineTest {
    private static final List<String> FACTS = List.of(
            "app /opt/agent",
            "volume data /volumes/data /dev/nvme1n1",
            "volume lvm /volumes/lvm /dev/dm-0",
            "spare disk /dev/nvme9n1");
    private static final Map<String, DeviceId> NUMBERS = Map.of(
            "/dev/nvme1n1", new DeviceId(259, 1),
            "/dev/dm-0", new DeviceId(254, 0),
            "/dev/nvme9n1", new DeviceId(259, 9));

    private static Machine parse(List<String> facts) {
        return Machine.parse(facts, false, node -> Optional.ofNullable(NUMBERS.get(node)));
    }

    @Test
    void whatTheMachineHasIsFoundByItsName() {
        var machine = parse(FACTS);

        assertThat(machine.app()).isEqualTo(Path.of("/opt/agent"));
        assertThat(machine.volume("lvm").mount()).isEqualTo(Path.of("/volumes/lvm"));
        assertThat(machine.volume("lvm").disk()).isEqualTo(new DeviceId(254, 0));
        assertThat(machine.spare("disk")).isEqualTo(new DeviceId(259, 9));
    }

    @Test
    void volumesAreInTheOrderInWhichTheyWereMade() {
        assertThat(parse(FACTS).volumes().keySet()).containsExactly("data", "lvm");
    }

    @Test
    void aScenarioOnADiskThatTheMachineHasNotFailsWithItsName() {
        assertThatThrownBy(() -> parse(FACTS).volume("crypt"))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessage("volume crypt");
        assertThatThrownBy(() -> parse(FACTS).spare("other")).hasMessage("spare other");
    }

    @Test
    void aNodeThatIsNoBlockDeviceIsTold() {
        assertThatThrownBy(() -> parse(List.of("app /opt/agent", "spare disk /dev/gone")))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessage("no block device /dev/gone");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "volume data /volumes/other /dev/dm-0",
                "spare disk /dev/dm-0",
                "app /elsewhere",
                "volume half /volumes/half",
                "nonsense",
                ""
            })
    void aFactThatSaysSomethingAgainOrNothingIsRefused(String fact) {
        var facts = new ArrayList<>(FACTS);
        facts.add(fact);

        assertThatThrownBy(() -> parse(facts))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(fact);
    }

    @Test
    void aMachineWithoutAnAgentIsRefused() {
        assertThatThrownBy(() -> parse(FACTS.subList(1, FACTS.size()))).isInstanceOf(IllegalArgumentException.class);
    }
}
