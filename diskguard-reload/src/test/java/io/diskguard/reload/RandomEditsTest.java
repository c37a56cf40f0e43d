/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reload;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.reload.ConfigTarget.Answer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is in force is the last that was valid and could be, whatever people write. */
class RandomEditsTest {
    private static final int EDITS = 5_000;
    private static final int NEEDS_A_DISK = 13;

    private final Rig rig = new Rig(Map.of("state_dir", "/var/lib/one"));
    private final Map<String, Object> content = new HashMap<>(Map.of("state_dir", "/var/lib/one"));
    private Meaning inForce = new Meaning(30, 500);
    private boolean diskIsThere;

    /** What the live keys mean. */
    private record Meaning(long interval, long iops) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 20_260_101, 424_242})
    void theLastGoodConfigurationIsInForce(long seed) {
        var random = new Random(seed);
        rig.target = config -> config.checkInterval().toSeconds() != NEEDS_A_DISK || diskIsThere
                ? new Answer.Applied()
                : new Answer.Refused("no disk");
        for (var i = 0; i < EDITS; i++) {
            diskIsThere = random.nextInt(3) == 0;
            if (random.nextInt(8) == 0) {
                rig.later(Reloading.AGAIN);
            } else {
                edit(random);
                rig.file.saysAt(i, content).tell();
                rig.looks();
            }
            expect();
        }
        assertThat(rig.heard).hasSizeGreaterThan(EDITS / 4);
        for (var i = 0; i < rig.heard.size(); i++) {
            assertThat(rig.heard.get(i).number()).isEqualTo(i + 1);
        }
        var kept = rig.reloader.history();
        assertThat(kept).hasSize(100).isEqualTo(rig.heard.subList(rig.heard.size() - 100, rig.heard.size()));
    }

    private void edit(Random random) {
        content.clear();
        put(random, "check_interval", List.of(30, "30s", 13, "13s", 45, "1m", 60));
        put(random, "container_iops_limit", List.of(500, "0.5k", 200, "200"));
        put(random, "state_dir", List.of("/var/lib/one", "/var/lib/two"));
        if (random.nextInt(5) == 0) {
            put(random, "check_interval", List.of("soon", 0, List.of()));
            put(random, "max_iops_limt", List.of(1));
        }
    }

    private void put(Random random, String key, List<?> values) {
        if (random.nextBoolean()) {
            content.put(key, values.get(random.nextInt(values.size())));
        }
    }

    private void expect() {
        var isValid = !content.containsKey("max_iops_limt")
                && !List.of("soon", 0, List.of()).contains(content.getOrDefault("check_interval", 30));
        var next = new Meaning(seconds(), iops());
        var isPossible = isValid && (next.interval() != NEEDS_A_DISK || diskIsThere || next.equals(inForce));
        if (isPossible) {
            inForce = next;
        }
        var status = rig.reloader.status();
        assertThat(status.last().isGood()).isEqualTo(isPossible);
        assertThat(rig.inForce().checkInterval()).isEqualTo(Duration.ofSeconds(inForce.interval()));
        assertThat(rig.inForce().limits().defaults().riops()).hasToString(String.valueOf(inForce.iops()));
        assertThat(rig.inForce().stateDir()).hasToString("/var/lib/one");
        if (isPossible) {
            var isWaiting = !"/var/lib/one".equals(content.getOrDefault("state_dir", "/var/lib/diskguard"));
            assertThat(status.waiting()).hasSize(isWaiting ? 1 : 0);
        }
    }

    private long seconds() {
        var text = String.valueOf(content.getOrDefault("check_interval", 30));
        return text.equals("1m")
                ? 60
                : text.chars().allMatch(Character::isLetter) || text.equals("[]") ? 0 : number(text);
    }

    private long iops() {
        var text = String.valueOf(content.getOrDefault("container_iops_limit", 500));
        return text.equals("0.5k") ? 500 : number(text);
    }

    private static long number(String text) {
        return Long.parseLong(text.replace("s", ""));
    }
}
