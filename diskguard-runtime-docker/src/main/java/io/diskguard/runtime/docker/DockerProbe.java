/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.runtime.docker;

import io.diskguard.spi.Support;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/** Asks a socket whether a docker daemon answers on it, without loading a client. */
final class DockerProbe {
    private static final String PING = "GET /_ping HTTP/1.1\r\nHost: docker\r\nConnection: close\r\n\r\n";
    private static final int LONGEST_HEAD = 8192;
    /** Who answers in more pieces plays for time. */
    private static final int MOST_READS = 32;

    private DockerProbe() {}

    /** @param patience for each piece of the answer */
    static Support probe(DockerSocket socket, Duration patience) {
        var trouble = socket.trouble();
        if (trouble.isPresent()) {
            return Support.unsupported(trouble.get());
        }
        try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.configureBlocking(false);
            if (!channel.connect(UnixDomainSocketAddress.of(socket.path()))) {
                return Support.unsupported(socket + " takes no connections now");
            }
            channel.write(ByteBuffer.wrap(PING.getBytes(StandardCharsets.US_ASCII)));
            return judge(socket, head(channel, patience));
        } catch (IOException e) {
            return Support.unsupported(socket + " cannot be asked: " + e.getMessage());
        }
    }

    private static Support judge(DockerSocket socket, String head) {
        if (head.isEmpty()) {
            return Support.unsupported(socket + " takes connections but does not answer");
        }
        return head.startsWith("HTTP/1.") && head.toLowerCase(Locale.ROOT).contains("\napi-version:")
                ? Support.supported()
                : Support.unsupported(socket + " answers, but not as a docker daemon does");
    }

    private static String head(SocketChannel channel, Duration patience) throws IOException {
        var bytes = ByteBuffer.allocate(LONGEST_HEAD);
        try (var selector = Selector.open()) {
            channel.register(selector, SelectionKey.OP_READ);
            for (var reads = 0; reads < MOST_READS && bytes.hasRemaining(); reads++) {
                if (selector.select(patience.toMillis()) == 0 || channel.read(bytes) < 0) {
                    break;
                }
                selector.selectedKeys().clear();
                if (text(bytes).contains("\r\n\r\n")) {
                    break;
                }
            }
        }
        return text(bytes);
    }

    private static String text(ByteBuffer bytes) {
        return new String(bytes.array(), 0, bytes.position(), StandardCharsets.ISO_8859_1);
    }
}
