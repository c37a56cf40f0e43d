/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.provider;

import io.diskguard.spi.Environment;
import io.diskguard.spi.Provider;
import io.diskguard.spi.Support;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.ServiceConfigurationError;

/** A candidate that was asked everything it is to be asked; each answer may fail. */
record Probed<P extends Provider<?>>(
        Optional<P> provider, String name, String location, OptionalInt priority, Support support) {
    static final Comparator<Probed<?>> BEST_FIRST = Comparator.<Probed<?>>comparingInt(
                    one -> one.priority().orElse(Integer.MIN_VALUE))
            .reversed()
            .thenComparing(Probed::name);

    static <P extends Provider<?>> List<Probed<P>> all(Class<P> type, ProviderSource source, Environment environment) {
        return source.load(type).stream()
                .map(candidate -> of(candidate, environment))
                .toList();
    }

    static <P extends Provider<?>> ProviderReport report(
            Class<P> type, Collection<Probed<P>> all, Collection<Probed<P>> chosen) {
        var name = type.getEnclosingClass() == null
                ? type.getSimpleName()
                : type.getEnclosingClass().getSimpleName();
        return new ProviderReport(
                name,
                all.stream()
                        .map(one -> new ProviderReport.Row(
                                name, one.name, one.location, one.priority, one.support, chosen.contains(one)))
                        .toList());
    }

    private static <P extends Provider<?>> Probed<P> of(Candidate<P> candidate, Environment environment) {
        if (candidate instanceof Candidate.Loaded<P> loaded) {
            return ask(loaded, environment);
        }
        var broken = (Candidate.Broken<P>) candidate;
        return new Probed<>(
                Optional.empty(),
                broken.name(),
                broken.location(),
                OptionalInt.empty(),
                Support.unsupported("not loaded: " + broken.reason()));
    }

    private static <P extends Provider<?>> Probed<P> ask(Candidate.Loaded<P> loaded, Environment environment) {
        var provider = loaded.provider();
        var name = provider.getClass().getName();
        var priority = OptionalInt.empty();
        try {
            name = Objects.requireNonNull(provider.name(), "name() gave null");
            priority = OptionalInt.of(provider.priority());
            var support = Objects.requireNonNull(provider.probe(environment), "probe() gave null");
            return new Probed<>(Optional.of(provider), name, loaded.location(), priority, support);
        } catch (Exception | LinkageError | ServiceConfigurationError | StackOverflowError | AssertionError failure) {
            var support = Support.unsupported("it failed when asked: " + Locations.reason(failure));
            return new Probed<>(Optional.of(provider), name, loaded.location(), priority, support);
        }
    }

    boolean isLoaded() {
        return provider.isPresent();
    }

    boolean isSupported() {
        return isLoaded() && support instanceof Support.Supported;
    }

    P loaded() {
        return provider.orElseThrow();
    }

    Probed<P> with(Support other) {
        return new Probed<>(provider, name, location, priority, other);
    }
}
