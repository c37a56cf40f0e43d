/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.churn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read is compared; which limits may be when is {@link TrackedTest}'s. */
class CheckerTest {
    private static final String DISK = "7:0";

    @TempDir
    Path directory;

    private Path cgroup;
    private Reached reached;
    private Checker checker;

    @BeforeEach
    void open() throws IOException {
        cgroup = Files.createDirectory(directory.resolve("c"));
        reached = new Reached(Files.createFile(directory.resolve("sent")));
        var clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
        checker = new Checker(new Node(directory, DISK), reached, clock, new Terms(Duration.ofSeconds(1), 500));
        limit(500);
        checker.track(cgroup, "uid", List.of(), iops -> Limits.of(iops, iops, 0, 0), "creation");
    }

    @AfterEach
    void close() {
        reached.close();
    }

    private void limit(long operations) throws IOException {
        for (var file : Limits.FILES) {
            var line = file.contains("iops") && operations > 0 ? DISK + " " + operations + "\n" : "";
            Files.writeString(cgroup.resolve("blkio.throttle." + file), "8:0 7\n" + line);
        }
    }

    @Test
    void whatIsRightIsNotTold() {
        checker.look();
        assertThat(checker.looks()).isPositive();
        assertThat(checker.wrong()).isEmpty();
        assertThat(checker.unequal()).isEmpty();
    }

    @Test
    void aWrongLimitIsToldOnceEachTimeItIsThere() throws IOException {
        limit(0);
        checker.look();
        checker.look();
        assertThat(checker.wrong()).singleElement().asString().contains("0, 0, 0, 0", "500", "creation");
        assertThat(checker.unequal()).hasSize(1);

        limit(500);
        checker.look();
        limit(501);
        checker.look();
        assertThat(checker.wrong()).hasSize(2);
    }

    @Test
    void aCgroupThatIsGoneIsWrongUnlessItIsForgottenBefore() throws IOException {
        for (var file : Limits.FILES) {
            Files.delete(cgroup.resolve("blkio.throttle." + file));
        }
        Files.delete(cgroup);
        checker.look();
        assertThat(checker.wrong()).isNotEmpty().allSatisfy(line -> assertThat(line)
                .contains("gone"));

        checker.forget(cgroup);
        assertThat(checker.unequal()).isEmpty();
    }
}
