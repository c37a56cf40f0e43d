/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s.kubelet;

import io.diskguard.model.CgroupPath;
import io.diskguard.spi.Environment;
import io.diskguard.spi.IoStatsSource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The counters that cAdvisor, which is in the kubelet, reads from the containers' cgroups: all of them with one request,
 * which then answers for a while. They are up to fifteen seconds old (its housekeeping), and each says how old. There are
 * none in {@code /stats/summary}. A container that cAdvisor has not seen yet is {@code Unavailable}, never {@code Gone}.
 *
 * <p>The kubelet is asked in the background: the sample that finds the last answer too old has a new one asked for, and is
 * answered from the last.
 */
final class KubeletStats implements IoStatsSource {
    static final String PATH = "/metrics/cadvisor";

    /** A thousand containers take some tens of megabytes. */
    private static final long MOST = 512L << 20;

    private static final String ACCEPT = "text/plain;version=0.0.4";
    /** Housekeeping takes at most fifteen seconds unless a node is in trouble. */
    private static final Duration STALE = Duration.ofMinutes(2);

    private static final Logger LOG = LoggerFactory.getLogger(KubeletStats.class);
    private static final Sample NOT_SEEN = new Sample.Unavailable("the kubelet does not count this cgroup, or not yet");

    private final KubeletClient client;
    private final Environment environment;
    private final Duration keep;
    private final Executor background;
    private final AtomicBoolean asking = new AtomicBoolean();
    private volatile Heard heard;
    private volatile boolean closed;

    // Of the one request at a time:
    private final Devices devices;
    private final Exposition exposition = new Exposition();
    private Counters spare = new Counters();
    private String complaint = "";

    /**
     * What the kubelet said last.
     *
     * @param nanos and millis, when it had said it
     */
    private record Heard(Counters counters, Optional<Sample.Unavailable> failure, long nanos, long millis) {}

    /**
     * @param client closed with this
     * @param keep how long an answer serves; half the time between two rounds of sampling gives one request for each
     * @param background where the kubelet is asked; shut down with this if it can be
     */
    KubeletStats(KubeletClient client, Environment environment, Duration keep, Executor background) {
        this.client = client;
        this.environment = environment;
        this.keep = keep;
        this.background = background;
        this.devices = new Devices(environment.paths());
        var now = environment.ticker().nanos() - keep.toNanos();
        this.heard =
                new Heard(new Counters(), Optional.of(new Sample.Unavailable("the kubelet was not heard yet")), now, 0);
    }

    @Override
    public Sample sample(CgroupPath cgroup, Sink sink) {
        if (closed) {
            return new Sample.Unavailable("closed");
        }
        if (since(heard.nanos()) >= keep.toNanos() && asking.compareAndSet(false, true)) {
            background.execute(this::scrape);
        }
        var last = heard;
        if (last.failure().isPresent()) {
            return last.failure().get();
        }
        var found = last.counters().find(cgroup.value().getBytes(StandardCharsets.UTF_8));
        if (found < 0) {
            return NOT_SEEN;
        }
        // The kubelet's clock is this one: it is on the same machine
        var time = last.counters().time(found);
        var before = Duration.ofMillis(time == 0 ? 0 : Math.max(0, last.millis() - time));
        var waited = Duration.ofNanos(Math.max(0, since(last.nanos())));
        if (before.compareTo(STALE) > 0 || waited.compareTo(STALE.plus(keep.multipliedBy(2))) > 0) {
            return new Sample.Unavailable(
                    "the kubelet's counters are " + before.plus(waited).toSeconds() + " s old");
        }
        last.counters().tell(found, sink);
        return new Sample.Counted(before.plus(waited));
    }

    @Override
    public void close() {
        closed = true;
        client.close();
        if (background instanceof ExecutorService service) {
            service.shutdownNow();
        }
    }

    /** What is heard goes where no sample looks: into the counters before the last. */
    private void scrape() {
        try {
            var counters = spare;
            var failure = scrape(counters);
            var last = heard.counters();
            // After the answer: while it came, others were counted anew
            heard = new Heard(
                    counters,
                    failure.map(Sample.Unavailable::new),
                    environment.ticker().nanos(),
                    environment.clock().millis());
            spare = last;
        } finally {
            asking.set(false);
        }
    }

    /** Why there is nothing. */
    private Optional<String> scrape(Counters counters) {
        var failure = Optional.<String>empty();
        try {
            counters.clear();
            var reply = client.get(PATH, ACCEPT, MOST, in -> {
                exposition.read(in, counters);
                return counters.isCounted();
            });
            if (reply instanceof Reply.Bad<Boolean> bad) {
                failure = Optional.of(bad.reason());
            } else if (!((Reply.Good<Boolean>) reply).value()) {
                failure = Optional.of("the kubelet tells no disk IO in " + PATH);
            } else {
                counters.finish(devices::find);
            }
        } catch (RuntimeException e) {
            failure = Optional.of("the kubelet's answer was not understood: " + e);
        }
        failure.filter(reason -> !closed && !reason.equals(complaint))
                .ifPresent(reason -> LOG.warn("no IO counters from the kubelet: {}", reason));
        complaint = failure.orElse("");
        return failure;
    }

    private long since(long nanos) {
        return environment.ticker().nanos() - nanos;
    }
}
