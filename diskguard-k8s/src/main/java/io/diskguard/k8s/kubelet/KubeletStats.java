/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s.kubelet;

import io.diskguard.model.CgroupPath;
import io.diskguard.spi.Environment;
import io.diskguard.spi.IoStatsSource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The counters that cAdvisor, which is in the kubelet, reads from the containers' cgroups: all of them with one request,
 * which then answers for a while. They are up to fifteen seconds old (its housekeeping), and each says how old. There are
 * none in {@code /stats/summary}. A container that cAdvisor has not seen yet is {@code Unavailable}, never {@code Gone}.
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
    private final Devices devices;
    private final Exposition exposition = new Exposition();
    private final Counters counters = new Counters();
    private Optional<Sample.Unavailable> failure = Optional.empty();
    private boolean asked;
    private boolean closed;
    private long askedAt;
    private long wallAt;
    private String complaint = "";

    /**
     * @param client closed with this
     * @param keep how long an answer serves; half the time between two rounds of sampling gives one request for each
     */
    KubeletStats(KubeletClient client, Environment environment, Duration keep) {
        this.client = client;
        this.environment = environment;
        this.keep = keep;
        this.devices = new Devices(environment.paths());
    }

    @Override
    public Sample sample(CgroupPath cgroup, Sink sink) {
        if (closed) {
            return new Sample.Unavailable("closed");
        }
        if (!asked || sinceAsked() >= keep.toNanos()) {
            scrape();
        }
        if (failure.isPresent()) {
            return failure.get();
        }
        var found = counters.find(cgroup.value().getBytes(StandardCharsets.UTF_8));
        if (found < 0) {
            return NOT_SEEN;
        }
        var age = age(counters.time(found));
        if (age.compareTo(STALE) > 0) {
            return new Sample.Unavailable("the kubelet's counters are " + age.toSeconds() + " s old");
        }
        counters.tell(found, sink);
        return new Sample.Counted(age);
    }

    @Override
    public void close() {
        closed = true;
        client.close();
    }

    private void scrape() {
        counters.clear();
        var reply = client.get(PATH, ACCEPT, MOST, in -> {
            exposition.read(in, counters);
            return counters.isCounted();
        });
        // After the answer: while it came, others were counted anew.
        askedAt = environment.ticker().nanos();
        wallAt = environment.clock().millis();
        asked = true;
        if (reply instanceof Reply.Bad<Boolean> bad) {
            fail(bad.reason());
        } else if (!((Reply.Good<Boolean>) reply).value()) {
            fail("the kubelet tells no disk IO in " + PATH);
        } else {
            counters.finish(devices::find);
            failure = Optional.empty();
            complaint = "";
        }
    }

    private void fail(String reason) {
        failure = Optional.of(new Sample.Unavailable(reason));
        if (!complaint.equals(reason)) {
            LOG.warn("no IO counters from the kubelet: {}", reason);
        }
        complaint = reason;
    }

    /** The kubelet's clock is this one: it is on the same machine. */
    private Duration age(long time) {
        var before = time == 0 ? 0 : Math.max(0, wallAt - time);
        return Duration.ofMillis(before).plusNanos(Math.max(0, sinceAsked()));
    }

    private long sinceAsked() {
        return environment.ticker().nanos() - askedAt;
    }
}
