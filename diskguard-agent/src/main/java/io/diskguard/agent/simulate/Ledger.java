/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.simulate;

import io.diskguard.model.ContainerKey;
import io.diskguard.model.Disk;
import io.diskguard.policy.smart.Moment;
import io.diskguard.policy.smart.Round;
import io.diskguard.policy.smart.SmartDecision;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Keeps the accounts of all containers on all disks. Of each there are sums and a curve of fixed length, whatever the length of
 * time. Not thread-safe.
 */
final class Ledger {
    private final TracedPods pods;
    private final Scope scope;
    private final boolean all;
    private final Duration interval;
    private final Sights sights;
    private final Map<Key, Account> accounts = new HashMap<>();
    private Optional<TimeAxis> axis = Optional.empty();
    private Optional<Moment> last = Optional.empty();
    private Optional<Instant> first = Optional.empty();
    private Optional<Instant> newest = Optional.empty();
    private long rounds;

    /** @param all whether containers are kept about which nothing was decided, after they are gone too */
    Ledger(TracedPods pods, Scope scope, boolean all, Duration interval) {
        this.pods = pods;
        this.scope = scope;
        this.all = all;
        this.interval = interval;
        this.sights = new Sights(scope);
    }

    private record Key(ContainerKey container, Disk disk) {}

    /** Before anything is decided by the round. */
    void sampled(Round round) {
        sampled(round, (container, stretch) -> stretch);
    }

    /** @param wanting puts in what a container would have done */
    void sampled(Round round, BiFunction<ContainerKey, Account.Stretch, Account.Stretch> wanting) {
        var at = round.at();
        var counts = scope.has(at.instant());
        var index = counts ? index(at.instant()) : 0;
        if (counts) {
            rounds++;
            first = first.or(() -> Optional.of(at.instant()));
            newest = Optional.of(at.instant());
            last.ifPresent(before -> {
                var time = Duration.ofNanos(Math.max(0, at.nanos() - before.nanos()));
                accounts.values().forEach(account -> account.throttledFor(time));
            });
        }
        last = Optional.of(at);
        for (var sample : round.samples()) {
            sample.counters().forEach((disk, counters) -> {
                var name = pods.name(sample.container());
                if (sights.see(name, disk)) {
                    var account = account(sample.container(), disk);
                    var did = account.read(sample, counters);
                    if (counts && did.isPresent()) {
                        var stretch = wanting.apply(sample.container(), did.get());
                        account.add(index, stretch, pods.statics(sample.container(), disk));
                    }
                }
            });
        }
        forgetTheIdle(round);
    }

    private void forgetTheIdle(Round round) {
        if (!all) {
            var there = new HashSet<>(round.absent());
            round.samples().forEach(sample -> there.add(sample.container()));
            accounts.entrySet()
                    .removeIf(entry -> !there.contains(entry.getKey().container())
                            && !entry.getValue().isDecidedAbout()
                            && !entry.getValue().isLimited());
        }
    }

    /** Whether it is to be told. */
    boolean decided(SmartDecision decision) {
        if (!scope.has(pods.name(decision.container()), decision.disk())) {
            return false;
        }
        var isTold = scope.has(decision.at());
        account(decision.container(), decision.disk()).decided(decision, isTold);
        return isTold;
    }

    /** The agent that recorded started anew. */
    void restarted() {
        last = Optional.empty();
        accounts.values().forEach(Account::forgetReading);
    }

    private Account account(ContainerKey container, Disk disk) {
        return accounts.computeIfAbsent(new Key(container, disk), key -> new Account(pods.name(container), disk));
    }

    private int index(Instant time) {
        var now = axis.orElseGet(() -> new TimeAxis(time, interval));
        while (!now.fits(time)) {
            now = now.grown();
            accounts.values().forEach(Account::halve);
        }
        axis = Optional.of(now);
        return now.index(time);
    }

    /** @throws NothingMatchesException if there was something, and nothing of it is to be told of */
    void mustHaveSeen(String where) throws NothingMatchesException {
        sights.mustMatch(where);
    }

    /** Those that are to be told, by name. */
    List<Account> told() {
        return accounts.values().stream()
                .filter(account -> all || account.isDecidedAbout())
                .sorted(Comparator.comparing(Account::container).thenComparing(Account::disk))
                .toList();
    }

    /** Empty before the first round that counts. */
    Optional<TimeAxis> axis() {
        return axis;
    }

    Optional<Instant> first() {
        return first;
    }

    Optional<Instant> newest() {
        return newest;
    }

    long rounds() {
        return rounds;
    }
}
