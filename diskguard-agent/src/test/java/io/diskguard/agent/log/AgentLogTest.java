/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class AgentLogTest {
    @Test
    void aJsonLogHasOneObjectALineWhateverTheMessageHolds() throws Exception {
        var lines = logged(LogFormat.JSON, log -> {
            log.info("first \"quoted\"\nand broken {}", 1);
            log.warn("second", new IllegalStateException("because"));
        });

        assertThat(lines).hasLineCount(2);
        var first = new ObjectMapper().readTree(lines.lines().toList().get(0));
        assertThat(first.path("message").asText()).isEqualTo("first \"quoted\"\nand broken 1");
        assertThat(first.path("level").asText()).isEqualTo("INFO");
        assertThat(first.path("logger").asText()).isEqualTo("a.logger");
        assertThat(Instant.parse(first.path("time").asText())).isNotNull();
        assertThat(first.has("exception")).isFalse();
        var second = new ObjectMapper().readTree(lines.lines().toList().get(1));
        assertThat(second.path("exception").asText()).contains("IllegalStateException: because");
    }

    @Test
    void aTextLogIsForPeople() {
        assertThat(logged(LogFormat.TEXT, log -> log.info("hello")))
                .matches("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z INFO  logger - hello\n");
    }

    @Test
    void whatATenantWroteDrivesNoTerminal() {
        assertThat(logged(
                        LogFormat.TEXT,
                        log -> log.warn("pod \u001b[2Ja\u202eb\u0000\u0085c, ü, two\n  lines\tand {}", "\r'")))
                .endsWith(" - pod ?[2Ja?b??c, ü, two\n  lines\tand ?'\n");
    }

    @Test
    void whyItFailedFollowsTheLine() {
        assertThat(logged(LogFormat.TEXT, log -> log.error("gone", new IllegalStateException("bad \u001b[2Jname"))))
                .matches("(?s).* ERROR logger - gone\njava.lang.IllegalStateException: bad \\?\\[2Jname\n\tat .*\n");
    }

    @Test
    void aMessageThatIsNoneIsWrittenWithWhyItFailed() {
        assertThat(logged(LogFormat.TEXT, log -> log.error(null, new IllegalStateException("bad"))))
                .contains(" ERROR logger - null\njava.lang.IllegalStateException: bad\n");
    }

    @Test
    void debugIsNotLogged() {
        assertThat(logged(LogFormat.TEXT, log -> log.debug("hello"))).isEmpty();
    }

    @Test
    void aCommandThatAnswersLogsOnlyWhatIsWrong() {
        var out = new ByteArrayOutputStream();
        AgentLog.configureQuietly(LogFormat.TEXT, out);
        var log = LoggerFactory.getLogger("a.logger");
        log.info("heard of 20 pods");
        log.warn("the API server refuses connections");
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("refuses connections")
                .doesNotContain("heard of");
    }

    @Test
    void whereNobodyTakesTheLogNobodyWaitsForIt() throws Exception {
        var blocked = new CountDownLatch(1);
        var writing = new CountDownLatch(1);
        var pipe = new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                writing.countDown();
                try {
                    blocked.await();
                } catch (InterruptedException e) {
                    throw new InterruptedIOException();
                }
            }
        };
        try (var pending = AgentLog.configureForService(LogFormat.TEXT, pipe)) {
            assertThat(pending).isNotNull();
            var log = LoggerFactory.getLogger("a.logger");
            log.info("first");
            writing.await();
            for (var i = 0; i < 10_000; i++) {
                log.info("line {}", i);
            }
            blocked.countDown();
        }
    }

    @Test
    void aServiceThatEndsHasWrittenItsLogAndCanStillSayWhy() {
        var out = new ByteArrayOutputStream();
        var err = new PrintStream(out, true, StandardCharsets.UTF_8);
        var log = LoggerFactory.getLogger("a.logger");
        try (var pending = AgentLog.configureForService(LogFormat.TEXT, err)) {
            assertThat(pending).isNotNull();
            log.info("stopping");
        }
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("stopping");
        err.println("the configuration is wrong");
        log.error("a fault");
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("the configuration is wrong", "a fault");
    }

    private static String logged(LogFormat format, Consumer<Logger> log) {
        var out = new ByteArrayOutputStream();
        AgentLog.configure(format, out);
        log.accept(LoggerFactory.getLogger("a.logger"));
        return out.toString(StandardCharsets.UTF_8);
    }
}
