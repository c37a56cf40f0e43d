/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.benchmarks.soak;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.diskguard.benchmarks.result.Lines;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What asks an agent: probes, Prometheus, the status page and those who use its API. Not thread-safe. */
final class Scrapes {
    private static final int PATIENCE_MILLIS = 30_000;
    /** Sooner nobody gives up. */
    private static final long LEAST_LATE = TimeUnit.SECONDS.toNanos(5);

    private static final String METRICS = "/metrics";
    private static final List<String> PATHS = List.of(
            "/healthz",
            "/readyz",
            METRICS,
            "/",
            "/api/v1/containers",
            "/api/v1/limit-status",
            "/api/v1/disks",
            "/api/v1/decisions",
            "/api/v1/problems",
            "/api/v1/health",
            "/api/v1/info",
            "/nothing-here");

    private final int port;
    private final ProcessorWaits waits;
    private final Clock clock;
    private long answers;
    private long unanswered;
    private long late;
    private String metrics = "";

    /** @param waits of the agent alone */
    Scrapes(int port, ProcessorWaits waits, Clock clock) {
        this.port = port;
        this.waits = waits;
        this.clock = clock;
    }

    /** Asks for everything once, on connections that are kept and, each second time, on such that are not. */
    void all() {
        for (var path : PATHS) {
            waits.sample();
            var from = TimeUnit.MILLISECONDS.toNanos(clock.millis());
            try {
                var text = get(path);
                answers++;
                if (path.equals(METRICS)) {
                    metrics = text;
                }
            } catch (IOException e) {
                var took = TimeUnit.MILLISECONDS.toNanos(clock.millis()) - from;
                var waited = waits.since(from);
                if (isStarved(waited, took)) {
                    late++;
                } else {
                    unanswered++;
                }
                Lines.print("     %s: %s; processors were waited for for %.1f s", path, e, waited / 1e9);
            }
        }
    }

    /** Whether who did not answer had no processor for most of that time: what hangs waits for none. */
    static boolean isStarved(long waited, long took) {
        return took >= LEAST_LATE && waited > took / 2;
    }

    long answers() {
        return answers;
    }

    long unanswered() {
        return unanswered;
    }

    /** Not answered in time, but for want of a processor: an agent gives up an answer after 10 s. */
    long late() {
        return late;
    }

    /** The series whose names begin so, as they were last. */
    List<String> metrics(String beginning) {
        return metrics.lines().filter(line -> line.startsWith(beginning)).toList();
    }

    private String get(String path) throws IOException {
        var connection = (HttpURLConnection)
                URI.create("http://127.0.0.1:" + port + path).toURL().openConnection();
        connection.setConnectTimeout(PATIENCE_MILLIS);
        connection.setReadTimeout(PATIENCE_MILLIS);
        if (answers / PATHS.size() % 2 == 0) {
            connection.setRequestProperty("Connection", "close");
        }
        // not ready and not found are answers too
        try (var body =
                connection.getResponseCode() < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            return new String(body.readAllBytes(), UTF_8);
        }
    }
}
