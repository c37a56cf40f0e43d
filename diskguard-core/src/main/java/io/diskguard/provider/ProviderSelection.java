/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.provider;

import io.diskguard.spi.Environment;
import io.diskguard.spi.Provider;
import io.diskguard.spi.Support;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The one way in which a provider is chosen:
 *
 * <ol>
 *   <li>Every candidate is asked {@link Provider#probe whether it can work here}; one that throws cannot.
 *   <li>With a name given, only the providers of that name remain.
 *   <li>Of the supported the highest {@link Provider#priority()} wins.
 *   <li>None, or two of the same priority, is a {@link ProviderSelectionException}.
 * </ol>
 */
public final class ProviderSelection {
    private ProviderSelection() {}

    /**
     * Chooses one.
     *
     * @param explicitName what configuration names; empty to choose by priority
     * @throws ProviderSelectionException if there is none to choose, or no single one
     */
    public static <P extends Provider<?>> Selection<P> choose(
            Class<P> type, ProviderSource source, Environment environment, Optional<String> explicitName) {
        var all = Probed.all(type, source, environment);
        var report = Probed.report(type, all, List.of());
        var named = all;
        if (explicitName.isPresent()) {
            var name = explicitName.get();
            named = all.stream().filter(one -> one.name().equals(name)).toList();
            if (named.isEmpty()) {
                var names = all.stream()
                        .filter(Probed::isLoaded)
                        .map(Probed::name)
                        .distinct()
                        .sorted();
                throw new ProviderSelectionException(
                        report.type() + ": there is no provider named \"" + name + "\", there is: "
                                + names.collect(Collectors.joining(", ")),
                        report);
            }
        }
        var best = named.stream()
                .filter(Probed::isSupported)
                .sorted(Probed.BEST_FIRST)
                .toList();
        if (best.isEmpty()) {
            var which = explicitName
                    .map(name -> "provider \"" + name + "\" cannot work here")
                    .orElse("no provider can work here");
            throw new ProviderSelectionException(report.type() + ": " + which, report);
        }
        var first = best.get(0);
        if (best.size() > 1 && best.get(1).priority().equals(first.priority())) {
            throw new ProviderSelectionException(
                    report.type() + ": \"" + first.name() + "\" and \""
                            + best.get(1).name()
                            + "\" have the same priority; name one in the configuration or remove one",
                    report);
        }
        return new Selection<>(first.loaded(), Probed.report(type, all, List.of(first)));
    }

    /**
     * Every provider that can work here, highest priority first, then by name: for extension points that form a chain. Of
     * two with one name the first in that order is taken and the other one reported.
     */
    public static <P extends Provider<?>> Chain<P> all(Class<P> type, ProviderSource source, Environment environment) {
        var chosen = new ArrayList<Probed<P>>();
        var rows = new ArrayList<Probed<P>>();
        for (var one : Probed.all(type, source, environment).stream()
                .sorted(Probed.BEST_FIRST)
                .toList()) {
            var sameName = chosen.stream()
                    .filter(other -> other.name().equals(one.name()))
                    .findFirst();
            if (one.isSupported() && sameName.isPresent()) {
                rows.add(one.with(Support.unsupported(
                        "the name is taken by the provider of " + sameName.get().location())));
                continue;
            }
            rows.add(one);
            if (one.isSupported()) {
                chosen.add(one);
            }
        }
        return new Chain<>(chosen.stream().map(Probed::loaded).toList(), Probed.report(type, rows, chosen));
    }

    /** The one chosen. */
    public record Selection<P extends Provider<?>>(P provider, ProviderReport report) {}

    /** All that can work here, best first. */
    public record Chain<P extends Provider<?>>(List<P> providers, ProviderReport report) {
        public Chain {
            providers = List.copyOf(providers);
        }
    }
}
