/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.provider;

import io.diskguard.model.ContainerId;
import io.diskguard.spi.Environment;
import io.diskguard.spi.RuntimeResolver;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The runtimes of a node as one: a container is asked of those that serve its id's scheme, in order, until one knows. They
 * are looked for when the first container is asked about, and again, at most every 30 s, while none serves a scheme that is
 * asked about: a runtime may start later than this process. Closing it closes them. Thread-safe as they are.
 */
public final class RuntimeChain implements RuntimeResolver {
    private static final Logger LOG = LoggerFactory.getLogger(RuntimeChain.class);
    private static final Duration LOOK_AGAIN_AFTER = Duration.ofSeconds(30);

    private final ProviderSource source;
    private final Environment environment;
    private final Predicate<String> asked;
    private final Map<String, Link> byName = new HashMap<>();
    private volatile List<Link> links = List.of();
    private Optional<Long> lookedAt = Optional.empty();
    private boolean closed;

    private record Link(String name, int priority, Set<String> schemes, RuntimeResolver resolver) {
        static final Comparator<Link> BEST_FIRST =
                Comparator.comparing(Link::priority).reversed().thenComparing(Link::name);

        boolean serves(String scheme) {
            return schemes.isEmpty() || schemes.contains(scheme);
        }
    }

    private RuntimeChain(ProviderSource source, Environment environment, Predicate<String> asked) {
        this.source = source;
        this.environment = environment;
        this.asked = asked;
    }

    /** Every resolver that can work here, those of higher priority first. */
    public static RuntimeChain open(ProviderSource source, Environment environment) {
        return open(source, environment, scheme -> true);
    }

    /**
     * The same, without those that serve only schemes of runtimes that are not to be asked.
     *
     * @param asked whether containers of that scheme may be asked about
     */
    public static RuntimeChain open(ProviderSource source, Environment environment, Predicate<String> asked) {
        return new RuntimeChain(source, environment, asked);
    }

    @Override
    public Resolution resolve(ContainerId id) {
        Resolution last = new Resolution.Unknown("no runtime serves " + id.scheme());
        for (var link : linksFor(id.scheme())) {
            if (link.serves(id.scheme())) {
                last = link.resolver().resolve(id);
                if (!(last instanceof Resolution.Unknown)) {
                    return last;
                }
            }
        }
        return last;
    }

    private List<Link> linksFor(String scheme) {
        var known = links;
        return known.stream().anyMatch(link -> link.schemes().contains(scheme)) ? known : look();
    }

    private synchronized List<Link> look() {
        var ticker = environment.ticker();
        if (closed
                || lookedAt.filter(at -> ticker.nanos() - at < LOOK_AGAIN_AFTER.toNanos())
                        .isPresent()) {
            return links;
        }
        ProviderSelection.all(RuntimeResolver.Factory.class, ProviderSource.of(askable()), environment)
                .providers()
                .forEach(this::make);
        // one that was made and does not answer now stays: it may only be restarting
        links = byName.values().stream().sorted(Link.BEST_FIRST).toList();
        lookedAt = Optional.of(ticker.nanos());
        return links;
    }

    /** The others are not even probed: that may load a client, and connect to a daemon that nobody wants to be asked. */
    private RuntimeResolver.Factory[] askable() {
        return source.load(RuntimeResolver.Factory.class).stream()
                .flatMap(candidate -> candidate instanceof Candidate.Loaded<RuntimeResolver.Factory> loaded
                        ? Stream.of(loaded.provider())
                        : Stream.empty())
                .filter(this::isAsked)
                .toArray(RuntimeResolver.Factory[]::new);
    }

    private boolean isAsked(RuntimeResolver.Factory factory) {
        try {
            return factory.schemes().isEmpty() || factory.schemes().stream().anyMatch(asked);
        } catch (RuntimeException | LinkageError e) {
            return true; // it is told what is wrong with it when it is made
        }
    }

    private void make(RuntimeResolver.Factory factory) {
        if (!byName.containsKey(factory.name())) {
            try {
                var schemes = Set.copyOf(factory.schemes());
                var resolver = factory.create(environment);
                byName.put(factory.name(), new Link(factory.name(), factory.priority(), schemes, resolver));
            } catch (RuntimeException | LinkageError e) {
                LOG.warn("runtime {} cannot be made and is left out", factory.name(), e);
            }
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        links = List.of();
        byName.values().forEach(link -> link.resolver().close());
    }
}
