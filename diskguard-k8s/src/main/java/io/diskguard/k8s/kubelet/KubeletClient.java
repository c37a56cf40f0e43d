/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s.kubelet;

import io.diskguard.config.KubeletSettings;
import io.diskguard.k8s.kubelet.Material.UnusableException;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks this node's kubelet over HTTPS, on connections that are kept. The settings and the files that they name are looked at
 * again for each request: whatever rotates is used from the next one on, and a new certificate that cannot be used leaves
 * the old one in place. Thread-safe.
 */
public final class KubeletClient implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KubeletClient.class);
    private static final int SAID = 300;
    private static final int OK = 200;

    private final Supplier<KubeletSettings> settings;
    private final Path serviceAccount;
    private final Patience patience;
    private final Consumer<String> warnings;
    private @Nullable Session session;
    private String complaint = "";
    private boolean closed;

    /** How long a connection, the beginning of an answer and a whole answer may take. */
    record Patience(Duration connect, Duration answer, Duration whole) {
        static final Patience USUAL =
                new Patience(Duration.ofSeconds(5), Duration.ofSeconds(15), Duration.ofSeconds(30));
    }

    /** Reads an answer; need not read it to its end, nor close it. */
    @FunctionalInterface
    interface Body<T> {
        T read(InputStream in) throws IOException;
    }

    KubeletClient(
            Supplier<KubeletSettings> settings, Path serviceAccount, Patience patience, Consumer<String> warnings) {
        this.settings = settings;
        this.serviceAccount = serviceAccount;
        this.patience = patience;
        this.warnings = warnings;
        if (settings.get().skipVerify()) {
            warnings.accept("kubelet_skip_verify: whoever answers at " + where(settings.get())
                    + " is believed to be the kubelet, and is shown this agent's token; set kubelet_ca_path instead");
        }
    }

    /** Asks nothing yet. The settings may change while it is open. */
    public static KubeletClient open(Supplier<KubeletSettings> settings) {
        return new KubeletClient(settings, Material.SERVICE_ACCOUNT, Patience.USUAL, LOG::warn);
    }

    /** Asks nothing yet. */
    public static KubeletClient open(KubeletSettings settings) {
        return open(() -> settings);
    }

    /** What it is asked at, for people. */
    public String server() {
        return where(settings.get());
    }

    /** After it, every request fails; those under way end by themselves. */
    @Override
    public synchronized void close() {
        closed = true;
        session = null;
    }

    /**
     * Asks; blocks until the answer was read.
     *
     * @param most bytes of an answer that may be one
     */
    <T> Reply<T> get(String path, String accept, long most, Body<T> body) {
        var current = settings.get();
        try {
            var token = Material.token(current, serviceAccount);
            var open = session(Material.read(current, serviceAccount));
            var request = HttpRequest.newBuilder(open.uri(path))
                    .timeout(patience.answer())
                    .header("Accept", accept)
                    .GET();
            token.ifPresent(it -> request.header("Authorization", "Bearer " + it));
            var response = open.http().send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            return read(path, response, most, body, token);
        } catch (UnusableException e) {
            return new Reply.Bad<>(String.valueOf(e.getMessage()));
        } catch (IOException | RuntimeException e) {
            LOG.debug("{} of the kubelet cannot be read", path, e);
            return new Reply.Bad<>(KubeletTrouble.of(where(current), e, patience.answer()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Reply.Bad<>("interrupted while the kubelet was asked");
        }
    }

    private <T> Reply<T> read(
            String path, HttpResponse<InputStream> response, long most, Body<T> body, Optional<String> token) {
        // The client's own timeout ends with the headers.
        var late = new AtomicBoolean();
        var alarm = new CompletableFuture<@Nullable Void>()
                .completeOnTimeout(null, patience.whole().toMillis(), TimeUnit.MILLISECONDS);
        try (var in = response.body()) {
            alarm.thenRun(() -> {
                late.set(true);
                close(in);
            });
            if (response.statusCode() != OK) {
                return new Reply.Bad<>(
                        KubeletTrouble.ofAnswer(path, response.statusCode(), said(in.readNBytes(SAID), token)));
            }
            var bounded = new Bounded(in, most);
            var value = body.read(bounded);
            bounded.drain();
            return late.get() ? tooLate() : new Reply.Good<>(value);
        } catch (IOException e) {
            LOG.debug("the kubelet's answer to {} cannot be read", path, e);
            return late.get() ? tooLate() : new Reply.Bad<>(KubeletTrouble.ofBody(server(), e));
        } finally {
            alarm.cancel(false);
        }
    }

    private <T> Reply<T> tooLate() {
        return new Reply.Bad<>(KubeletTrouble.late(where(settings.get()), patience.whole()));
    }

    private synchronized Session session(Material now) throws UnusableException {
        if (closed) {
            throw new UnusableException("the kubelet is not asked any more");
        }
        var before = session;
        if (before != null && before.material().isSameAs(now)) {
            return before;
        }
        try {
            var next = Session.open(now, patience.connect());
            session = next;
            complaint = "";
            return next;
        } catch (UnusableException e) {
            if (before == null || !before.material().settings().equals(now.settings())) {
                throw e;
            }
            if (!complaint.equals(e.getMessage())) {
                complaint = String.valueOf(e.getMessage());
                warnings.accept(complaint + "; what was there before is used on");
            }
            return before;
        }
    }

    /** The kubelet's words on one line; should it say the token, without it. */
    private static String said(byte[] bytes, Optional<String> token) {
        var text = new String(bytes, StandardCharsets.UTF_8)
                .replaceAll("[\\p{Cntrl}\\s]+", " ")
                .strip();
        return token.filter(text::contains).isPresent() || text.contains("Bearer") ? "" : text;
    }

    private static String where(KubeletSettings settings) {
        var host = settings.host();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + settings.port();
    }

    private static void close(InputStream in) {
        try {
            in.close();
        } catch (IOException e) {
            LOG.debug("an answer that took too long cannot be closed", e);
        }
    }
}
