/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.testkit.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What a client meets byte by byte, without a library that hides it. */
@Timeout(60)
class FaultyServerTest implements Peer<FaultyServerTest.Asked> {
    private static final String GOOD = "{\"kind\":\"Good\"}";

    enum Asked {
        ONE,
        OTHER,
        STREAM
    }

    private final FaultyServer<Asked> server = FaultyServer.onLoopback(this, Optional.empty());

    @AfterEach
    void close() {
        server.close();
    }

    @Override
    public Optional<Asked> operation(Request request) {
        return switch (request.path()) {
            case "/one" -> Optional.of(Asked.ONE);
            case "/other" -> Optional.of(Asked.OTHER);
            case "/stream" -> Optional.of(Asked.STREAM);
            default -> Optional.empty();
        };
    }

    @Override
    public Reply answer(Asked operation, Request request) {
        return operation == Asked.STREAM ? Reply.stream("text/plain") : Reply.json(200, GOOD);
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), server.port());
    }

    private static void ask(Socket socket, String path) throws IOException {
        socket.getOutputStream().write(("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n").getBytes(UTF_8));
    }

    /** As much as ends where that does. */
    private static String until(Socket socket, String end) throws IOException {
        var text = new StringBuilder();
        while (text.indexOf(end) < 0) {
            var next = socket.getInputStream().read();
            if (next < 0) {
                throw new IOException("it ended after: " + text);
            }
            text.append((char) next);
        }
        return text.toString();
    }

    @Test
    void onlyTheOperationThatHasAFaultGoesWrongAndOnlyUntilItIsMended() throws IOException {
        server.fault(Asked.ONE, Fault.FORBIDDEN);
        try (var socket = connect()) {
            ask(socket, "/one");
            assertThat(until(socket, "}")).startsWith("HTTP/1.1 403 ").contains("refused by the test");
            ask(socket, "/other");
            assertThat(until(socket, "}")).endsWith(GOOD);
            server.mend();
            ask(socket, "/one?a=b");
            assertThat(until(socket, "}")).endsWith(GOOD);
        }
        assertThat(server.asked(Asked.ONE)).isEqualTo(2);
        assertThat(server.unforeseen()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"RESETS", "SPEAKS_NO_HTTP", "HANGS", "HUGE", "ENDLESS"})
    void everyFaultThatSpeaksSaysItsStatus(Fault fault) throws IOException {
        server.fault(Asked.ONE, fault);
        try (var socket = connect()) {
            ask(socket, "/one");
            assertThat(until(socket, "\r\n\r\n")).startsWith("HTTP/1.1 " + fault.status() + " ");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"RESETS", "SPEAKS_NO_HTTP", "BREAKS_OFF"})
    void whatBreaksOffIsNeverAWholeAnswer(Fault fault) throws IOException {
        server.fault(Asked.ONE, fault);
        try (var socket = connect()) {
            ask(socket, "/one");
            assertThatThrownBy(() -> until(socket, GOOD)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void whatNoTestKnowsOfIsKeptAndNotFound() throws IOException {
        try (var socket = connect()) {
            ask(socket, "/elsewhere");
            assertThat(until(socket, "{}")).startsWith("HTTP/1.1 404 ");
        }
        assertThat(server.unforeseen()).containsExactly("GET /elsewhere");
    }

    @Test
    void aStreamHearsWhatIsPushedAndEndsWhenItIsCut() throws IOException {
        try (var socket = connect()) {
            ask(socket, "/stream");
            until(socket, "\r\n\r\n");
            // it is open right after its head was written
            while (server.open(Asked.STREAM) == 0) {
                Thread.onSpinWait();
            }
            server.push(Asked.STREAM, Reply.chunk("news"));
            assertThat(until(socket, "news")).endsWith("news");
            server.cut();
            assertThatThrownBy(() -> until(socket, "never")).isInstanceOf(IOException.class);
        }
    }

    @Test
    void whoWentAwayListensNoMoreAndComesBackWhereItWas() throws IOException {
        var port = server.port();
        server.goAway();
        assertThatThrownBy(this::connect).isInstanceOf(IOException.class);

        server.comeBack();
        assertThat(server.port()).isEqualTo(port);
        try (var socket = connect()) {
            ask(socket, "/one");
            assertThat(until(socket, "}")).endsWith(GOOD);
        }
    }
}
