/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reload.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.diskguard.DiskGuard;
import io.diskguard.DiskGuardBuilder;
import io.diskguard.reload.Reload;
import io.diskguard.simulator.SimulatedNode;
import io.diskguard.spi.Environment;
import io.diskguard.spi.Ticker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class FollowedGuardTest {
    private final SimulatedNode node = SimulatedNode.v2();
    private final Environment environment =
            new Environment(node.environment().paths(), Clock.systemUTC(), Ticker.system(), Map.of());
    private Path directory = Path.of("");

    @BeforeEach
    void in(@TempDir Path temporary) {
        directory = temporary;
    }

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void itWorksWithWhatTheFileSaysAndRefusesADiskThatTheNodeDoesNotHave() throws Exception {
        var heard = new LinkedBlockingQueue<Reload>();
        try (var followed = new FollowedGuard(write("10"), environment, parts(), heard::add)) {
            followed.start();

            write("20");
            assertThat(heard.poll(60, TimeUnit.SECONDS))
                    .extracting(Reload::result)
                    .isEqualTo(Reload.Result.APPLIED);
            assertThat(followed.guard().config().checkInterval()).hasSeconds(20);

            write("30\ndata_mounts: [/srv]");
            assertThat(heard.poll(60, TimeUnit.SECONDS)).satisfies(reload -> {
                assertThat(reload.result()).isEqualTo(Reload.Result.ROLLED_BACK);
                assertThat(reload.reason()).contains("/srv");
            });
            assertThat(followed.guard().config().checkInterval()).hasSeconds(20);
        }
    }

    @Test
    void itDoesNotStartWithWhatIsWrong() throws IOException {
        var file = write("soon");

        assertThatThrownBy(() -> new FollowedGuard(file, environment, parts(), reload -> {}))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private DiskGuardBuilder parts() {
        return DiskGuard.builder().driver(node.driver()).pods(node.pods()).podCgroups(node.podCgroups());
    }

    private Path write(String interval) throws IOException {
        return Files.writeString(
                directory.resolve("config.yaml"),
                "state_dir: " + directory + "\ndata_devices: all\ncheck_interval: " + interval + "\n");
    }
}
