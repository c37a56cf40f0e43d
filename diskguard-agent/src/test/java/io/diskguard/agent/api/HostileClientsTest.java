/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.diskguard.agent.node.AgentException;
import io.diskguard.agent.node.LiveNode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The server of an agent as it is, under clients that mean no good. */
class HostileClientsTest {
    private static final int CLIENTS = 8;
    private static final int EACH = 1250;
    private static final int PATIENCE = 60_000;
    private static final long ROOM = 6_000_000;
    private static final Pattern STATUS = Pattern.compile("(?s)HTTP/1\\.1 (\\d{3}).*");

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final List<Socket> sockets = new ArrayList<>();
    private LiveNode node;

    @BeforeEach
    void start(@TempDir Path directory) throws AgentException {
        node = new LiveNode(directory, true, Map.of()).runApp();
        log.start();
        root.addAppender(log);
    }

    @AfterEach
    void stop() throws IOException {
        root.detachAppender(log);
        for (var socket : sockets) {
            socket.close();
        }
        node.close();
    }

    @Test
    void tenThousandMalformedRequestsLeaveNothingBehind() throws Exception {
        malformed(1, 100);
        threadsEnd();
        var before = used();

        var statuses = malformed(2, EACH);

        assertThat(statuses.keySet()).isSubsetOf(0, 200, 204, 400, 404, 405, 501);
        assertThat(statuses).containsKeys(200, 400, 404, 405);
        assertThat(new ApiClient(node.port()).get("/healthz").statusCode()).isEqualTo(200);
        threadsEnd();
        assertThat(used() - before).as("bytes of heap that stayed").isLessThan(ROOM);
        assertThat(log.list)
                .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                .isEmpty();
    }

    @Test
    void hundredsOfSlowClientsKeepNoProbeWaiting() throws Exception {
        for (var i = 0; i < 200; i++) {
            connect(8192).getOutputStream().write(latin1("GET /healthz HTTP/1.1\r\nHos"));
        }
        var answersNobodyReads = "GET /api/v1/openapi.json HTTP/1.1\r\nHost: x\r\n\r\n".repeat(100);
        for (var i = 0; i < 40; i++) {
            connect(1024).getOutputStream().write(latin1(answersNobodyReads));
        }
        for (var i = 0; i < 400; i++) {
            connect(1024);
        }
        assertTimeoutPreemptively(Duration.ofMillis(PATIENCE), () -> assertThat(
                        new ApiClient(node.port()).get("/healthz").body())
                .isEqualTo("ok\n"));
    }

    /** How often the server answered with which status; 0: it closed the connection. */
    private Map<Integer, Integer> malformed(long seed, int each) throws Exception {
        var clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            var tasks = new ArrayList<Callable<Map<Integer, Integer>>>();
            for (var i = 0; i < CLIENTS; i++) {
                var requests = new MalformedRequests(seed * CLIENTS + i);
                tasks.add(() -> {
                    var statuses = new TreeMap<Integer, Integer>();
                    for (var n = 0; n < each; n++) {
                        statuses.merge(status(requests.next()), 1, Integer::sum);
                    }
                    return statuses;
                });
            }
            var all = new TreeMap<Integer, Integer>();
            for (var done : clients.invokeAll(tasks)) {
                done.get().forEach((status, count) -> all.merge(status, count, Integer::sum));
            }
            return all;
        } finally {
            clients.shutdownNow();
        }
    }

    private int status(byte[] request) throws IOException {
        try (var socket = new Socket("127.0.0.1", node.port())) {
            socket.setSoTimeout(PATIENCE);
            var answer = new byte[0];
            try {
                socket.getOutputStream().write(request);
                socket.shutdownOutput();
                answer = socket.getInputStream().readAllBytes();
            } catch (SocketException closed) {
                return 0;
            }
            var text = new String(answer, StandardCharsets.ISO_8859_1);
            if (text.isEmpty()) {
                return 0;
            }
            assertThat(text).doesNotContain("\tat ", "at io.diskguard", "at java.base");
            var status = Optional.of(STATUS.matcher(text))
                    .filter(matcher -> matcher.matches())
                    .map(matcher -> Integer.parseInt(matcher.group(1)))
                    .orElseThrow(() -> new AssertionError(text));
            if (status == 501) {
                // RFC 9112 6.1 asks a server for this where it does not know the transfer coding, and the JDK's does so
                assertThat(new String(request, StandardCharsets.ISO_8859_1)).contains("Transfer-Encoding: ");
            }
            return status == 100 ? 200 : status;
        }
    }

    private Socket connect(int buffer) throws IOException {
        var socket = new Socket();
        sockets.add(socket);
        socket.setReceiveBufferSize(buffer);
        socket.connect(new InetSocketAddress("127.0.0.1", node.port()));
        return socket;
    }

    /** Those that answer end when there is nothing to answer. */
    private static void threadsEnd() throws InterruptedException {
        for (var thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("diskguard-http-")) {
                thread.join(PATIENCE);
                assertThat(thread.isAlive()).as(thread.getName()).isFalse();
            }
        }
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
