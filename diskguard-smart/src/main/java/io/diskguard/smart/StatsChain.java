/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.smart;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.DeviceId;
import io.diskguard.provider.ProviderSelection;
import io.diskguard.provider.ProviderSource;
import io.diskguard.spi.Environment;
import io.diskguard.spi.IoStatsSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sources of counters of a node as one: each sample is asked of the first, and of the next where one cannot say or
 * fails. So the first serves again as soon as it can. One whose failures have taken a second since it last counted is left
 * alone for 30 s. Sources are looked for when the first sample is taken, and again, at most every 30 s, while there is none.
 * Closing it closes them. Not thread-safe: one thread samples.
 */
public final class StatsChain implements IoStatsSource {
    private static final Logger LOG = LoggerFactory.getLogger(StatsChain.class);
    private static final long PAUSE = Duration.ofSeconds(30).toNanos();
    private static final long PATIENCE = Duration.ofSeconds(1).toNanos();
    /** Of a single cgroup a source may know nothing (yet). */
    private static final int FAILURES_IN_A_ROW = 8;

    private final ProviderSource source;
    private final Environment environment;
    private final List<String> first;
    private final Set<DeviceId> started = new LinkedHashSet<>();
    private final Once sink = new Once();
    private List<Link> links = List.of();
    private Optional<Long> lookedAt = Optional.empty();
    private Sample.Unavailable nobody = new Sample.Unavailable("closed");
    private String last = "";
    private boolean closed;

    private static final class Link {
        final String name;
        final IoStatsSource source;
        int failures;
        long wasted;
        boolean resting;
        long restingSince;
        boolean away;

        Link(String name, IoStatsSource source) {
            this.name = name;
            this.source = source;
        }
    }

    /** Hands on, and knows whether it did. */
    private static final class Once implements Sink {
        private Sink to = (disk, rbytes, wbytes, rios, wios) -> {};
        private boolean called;

        @Override
        public void counted(DeviceId disk, long rbytes, long wbytes, long rios, long wios) {
            called = true;
            to.counted(disk, rbytes, wbytes, rios, wios);
        }
    }

    private StatsChain(ProviderSource source, Environment environment, List<String> first) {
        this.source = source;
        this.environment = environment;
        this.first = List.copyOf(first);
    }

    /**
     * Every source that can work here, those of higher priority first.
     *
     * @param first names of sources that come before, whatever their priority
     */
    public static StatsChain open(ProviderSource source, Environment environment, List<String> first) {
        return new StatsChain(source, environment, first);
    }

    @Override
    public Sample sample(CgroupPath cgroup, Sink to) {
        look();
        sink.to = to;
        Sample answer = nobody;
        for (var i = 0; i < links.size(); i++) {
            var link = links.get(i);
            if (isResting(link)) {
                continue;
            }
            var from = environment.ticker().nanos();
            answer = ask(link, cgroup);
            last = link.name;
            if (!(answer instanceof Sample.Unavailable no)) {
                served(link);
                return answer;
            }
            failed(link, no.reason(), environment.ticker().nanos() - from);
        }
        return answer;
    }

    /** Empty before the first sample and while there is no source. */
    @Override
    public String lastSource() {
        return last;
    }

    /** The names of the sources in the order in which they are asked. */
    public List<String> sources() {
        look();
        return links.stream().map(link -> link.name).toList();
    }

    /** On every source, those found later too; off only if it is with all of them. */
    @Override
    public Counting startCounting(DeviceId disk) {
        look();
        started.add(disk);
        return best(link -> link.source.startCounting(disk));
    }

    /** What the first says that can say anything else than off. */
    @Override
    public Counting counting(DeviceId disk) {
        look();
        return best(link -> link.source.counting(disk));
    }

    @Override
    public void close() {
        closed = true;
        links.forEach(link -> link.source.close());
        links = List.of();
        nobody = new Sample.Unavailable("closed");
    }

    private Counting best(Function<Link, Counting> question) {
        var off = new ArrayList<String>();
        Optional<Counting> best = Optional.empty();
        for (var link : links) {
            try {
                var answer = question.apply(link);
                if (answer instanceof Counting.Off no) {
                    off.add(no.reason());
                } else if (best.isEmpty()) {
                    best = Optional.of(answer);
                }
            } catch (RuntimeException | LinkageError e) {
                LOG.warn("source of IO counters {} failed", link.name, e);
                off.add(link.name + " failed: " + e);
            }
        }
        var reasons = off.isEmpty() ? nobody.reason() : String.join("; ", off);
        return best.orElseGet(() -> new Counting.Off(reasons));
    }

    private Sample ask(Link link, CgroupPath cgroup) {
        sink.called = false;
        try {
            return link.source.sample(cgroup, sink);
        } catch (RuntimeException | LinkageError e) {
            if (sink.called) {
                // Half of the counters are told, or it was the sink that failed: no other source can mend it
                throw e;
            }
            return new Sample.Unavailable("it failed: " + e);
        }
    }

    private boolean isResting(Link link) {
        if (link.resting && environment.ticker().nanos() - link.restingSince >= PAUSE) {
            link.resting = false;
        }
        return link.resting;
    }

    private static void served(Link link) {
        link.failures = 0;
        link.wasted = 0;
        if (link.away) {
            link.away = false;
            LOG.info("source of IO counters {} is back", link.name);
        }
    }

    private void failed(Link link, String reason, long nanos) {
        link.failures++;
        link.wasted += nanos;
        if (link.wasted >= PATIENCE) {
            link.resting = true;
            link.restingSince = environment.ticker().nanos();
            link.wasted = 0;
        }
        if (!link.away && (link.resting || link.failures >= FAILURES_IN_A_ROW)) {
            link.away = true;
            LOG.warn("source of IO counters {} does not count now: {}", link.name, reason);
        }
    }

    private void look() {
        var now = environment.ticker().nanos();
        if (closed
                || !links.isEmpty()
                || lookedAt.filter(at -> now - at < PAUSE).isPresent()) {
            return;
        }
        lookedAt = Optional.of(now);
        var chain = ProviderSelection.all(IoStatsSource.Factory.class, source, environment);
        var made = new ArrayList<Link>();
        var refused = new ArrayList<>(chain.report().lines());
        for (var factory : chain.providers()) {
            try {
                made.add(new Link(factory.name(), factory.create(environment)));
            } catch (RuntimeException | LinkageError e) {
                LOG.warn("source of IO counters {} cannot be made and is left out", factory.name(), e);
                refused.add(factory.name() + " cannot be made: " + e);
            }
        }
        made.sort(Comparator.comparingInt(link -> first.contains(link.name) ? first.indexOf(link.name) : first.size()));
        links = List.copyOf(made);
        nobody = new Sample.Unavailable(
                links.isEmpty()
                        ? "there is no source of IO counters: " + String.join("; ", refused)
                        : "no source of IO counters has answered for a while");
        started.forEach(disk -> best(link -> link.source.startCounting(disk)));
        if (!links.isEmpty()) {
            LOG.debug("IO counters come from {}", sources());
        }
    }
}
