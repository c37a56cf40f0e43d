/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.testkit.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Does what a fault says. */
final class Misbehaviour {
    private static final int DEPTH = 100_000;
    private static final int MEGABYTE = 1_000_000;
    private static final int HUGE = 50;
    private static final String JSON = "application/json";
    private static final String PAGE = "<!DOCTYPE html><html><body>Please log in.</body></html>";

    private Misbehaviour() {}

    /** @param good what it would have answered */
    static void commit(Fault fault, Connection connection, Reply good) throws IOException {
        switch (fault) {
            case RESETS -> connection.abort();
            case BREAKS_OFF -> {
                var body = good.body();
                write(connection, Reply.head(200, JSON, body.length() + 1000L) + body.substring(0, body.length() / 2));
                connection.abort();
            }
            case HANGS -> {}
            case STALLS -> write(connection, Reply.head(200, JSON, 1000));
            case SPEAKS_NO_HTTP -> {
                write(connection, "\0\1\2 220 smtp.example.org ready\r\n\r\n");
                connection.abort();
            }
            case HTML -> send(connection, Reply.of(200, "text/html", PAGE));
            case EMPTY -> send(connection, Reply.json(200, ""));
            case HALF_A_DOCUMENT -> {
                var body = good.body();
                send(
                        connection,
                        Reply.json(200, body.isEmpty() ? "{\"ki" : body.substring(0, (body.length() + 1) / 2)));
            }
            case WRONG_KIND ->
                send(
                        connection,
                        Reply.json(
                                200,
                                "{\"kind\":\"NodeList\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\"9\"},"
                                        + "\"items\":[]}"));
            case EMPTY_OBJECT -> send(connection, Reply.json(200, "{}"));
            case WRONG_ENCODING ->
                send(
                        connection,
                        Reply.of(200, JSON, new byte[] {'{', '"', (byte) 0xc3, (byte) 0x28, (byte) 0xff, '"', '}'}));
            case DEEP -> send(connection, Reply.json(200, "[".repeat(DEPTH) + "]".repeat(DEPTH)));
            case HUGE -> flood(connection, HUGE);
            case ENDLESS -> flood(connection, Integer.MAX_VALUE);
            default -> send(connection, refusal(fault.status()));
        }
    }

    private static Reply refusal(int code) {
        return Reply.json(
                code,
                "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"message\":\"refused by the test\","
                        + "\"code\":" + code + "}");
    }

    /** Of another kind, as far as it goes. */
    private static void flood(Connection connection, int megabytes) throws IOException {
        var begin = "{\"kind\":\"Flood\",\"items\":[\"";
        var end = "\"]}";
        var part = new byte[MEGABYTE];
        Arrays.fill(part, (byte) 'x');
        System.arraycopy("\",\"".getBytes(StandardCharsets.US_ASCII), 0, part, 0, 3);
        write(connection, Reply.head(200, JSON, begin.length() + (long) megabytes * MEGABYTE + end.length()) + begin);
        for (var i = 0; i < megabytes; i++) {
            connection.write(part);
        }
        write(connection, end);
    }

    private static void send(Connection connection, Reply reply) throws IOException {
        connection.write(reply.bytes());
    }

    private static void write(Connection connection, String text) throws IOException {
        connection.write(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
