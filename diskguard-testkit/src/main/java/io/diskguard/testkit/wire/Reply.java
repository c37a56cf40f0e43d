/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.testkit.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * What is answered, byte by byte.
 *
 * @param goes whether the connection then is for what {@link FaultyServer#push} says
 */
public record Reply(byte[] bytes, boolean goes) {
    private static final int LONG_FRAME = 126;

    /** A whole answer. */
    public static Reply of(int status, String type, String body) {
        return of(status, type, body.getBytes(StandardCharsets.UTF_8));
    }

    /** A whole answer. */
    public static Reply of(int status, String type, byte[] body) {
        var head = head(status, type, body.length).getBytes(StandardCharsets.ISO_8859_1);
        return new Reply(
                ByteBuffer.allocate(head.length + body.length)
                        .put(head)
                        .put(body)
                        .array(),
                false);
    }

    /** A whole answer of JSON. */
    public static Reply json(int status, String body) {
        return of(status, "application/json", body);
    }

    /** A whole answer of JSON in gzip, as its head says; the bytes are what they are. */
    public static Reply gzip(int status, byte[] bytes) {
        return of(status, "application/json\r\nContent-Encoding: gzip", bytes);
    }

    /** The head of a stream whose chunks are pushed. */
    public static Reply stream(String type) {
        var head = "HTTP/1.1 200 X\r\nContent-Type: " + type + "\r\nTransfer-Encoding: chunked\r\n\r\n";
        return new Reply(head.getBytes(StandardCharsets.ISO_8859_1), true);
    }

    /** Agrees to a WebSocket, whose frames are pushed (RFC 6455). */
    public static Reply webSocket(Request request) {
        try {
            var key = request.headers().get("sec-websocket-key") + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
            var accept = Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-1").digest(key.getBytes(StandardCharsets.US_ASCII)));
            var head = "HTTP/1.1 101 X\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: " + accept
                    + "\r\n\r\n";
            return new Reply(head.getBytes(StandardCharsets.ISO_8859_1), true);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /** To be pushed on a stream. */
    public static byte[] chunk(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        return (Integer.toHexString(bytes.length) + "\r\n" + text + "\r\n").getBytes(StandardCharsets.UTF_8);
    }

    /** To be pushed on a WebSocket: a text of less than 64 KiB. */
    public static byte[] frame(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        var frame = ByteBuffer.allocate(bytes.length + 4).put((byte) 0x81);
        if (bytes.length < LONG_FRAME) {
            frame.put((byte) bytes.length);
        } else {
            frame.put((byte) LONG_FRAME).putShort((short) bytes.length);
        }
        frame.put(bytes);
        return Arrays.copyOf(frame.array(), frame.position());
    }

    static String head(int status, String type, long length) {
        return "HTTP/1.1 " + status + " X\r\nContent-Type: " + type + "\r\nContent-Length: " + length
                + (status == 429 || status == 503 ? "\r\nRetry-After: 1" : "") + "\r\n\r\n";
    }

    /** What follows the head. */
    String body() {
        var text = new String(bytes, StandardCharsets.UTF_8);
        return text.substring(text.indexOf("\r\n\r\n") + 4);
    }
}
