/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.page;

import io.diskguard.agent.http.Page;
import io.diskguard.agent.http.Request;
import io.diskguard.agent.http.Routes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;

/**
 * The status page: one file that reads the JSON API beside it and loads nothing else. What may run in it is what is in the file, by
 * its hash, so that a name out of a cluster cannot become a script. Nobody who does not look at it pays for it. Thread-safe.
 */
public final class StatusPage implements Routes {
    private static final String PATH = "/";
    private static final String FILE = "status.html";
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    @Override
    public boolean own(String path) {
        return path.equals(PATH);
    }

    @Override
    public Page answer(Request request) {
        return own(request.path())
                ? new Page(OK, "text/html; charset=utf-8", Headers.ALL, StatusPage::write)
                : refuse(NOT_FOUND, "there is nothing at this path");
    }

    private static void write(OutputStream out) throws IOException {
        try (var in = file()) {
            in.transferTo(out);
        }
    }

    private static InputStream file() {
        var in = StatusPage.class.getResourceAsStream(FILE);
        if (in == null) {
            throw new IllegalStateException(FILE + " is missing in the jar");
        }
        return in;
    }

    /** Made of the file when it is first asked for. */
    private static final class Headers {
        static final Map<String, String> ALL = of(read());

        private static String read() {
            try (var in = file()) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static Map<String, String> of(String html) {
            return Map.of(
                    "Content-Security-Policy",
                    "default-src 'none'; script-src " + hash(html, "script") + "; style-src " + hash(html, "style")
                            + "; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none';"
                            + " frame-ancestors 'none'",
                    "Referrer-Policy",
                    "no-referrer");
        }

        /** As a browser takes it: of the element's content, to the byte. */
        private static String hash(String html, String element) {
            var from = html.indexOf("<" + element + ">") + element.length() + 2;
            var content = html.substring(from, html.indexOf("</" + element + ">", from));
            try {
                var digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
                return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java has SHA-256", e);
            }
        }
    }
}
