/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.node;

import io.diskguard.DiskGuard;
import io.diskguard.agent.exchange.Exchange;
import io.diskguard.config.GuardConfig;
import io.diskguard.device.DeviceResolver;
import io.diskguard.reload.ConfigTarget;
import io.diskguard.reload.NewDisks;
import io.diskguard.spi.Environment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/** Puts a configuration in force in the guard of this node, and in all that it was made of. */
final class NodeTarget implements ConfigTarget {
    private final Environment environment;
    private final DiskGuard guard;
    private final List<Exchangeable> parts;
    private final Consumer<GuardConfig> also;

    /** @param also told on the loop's thread together with the change; does not fail */
    NodeTarget(Environment environment, DiskGuard guard, List<Exchangeable> parts, Consumer<GuardConfig> also) {
        this.environment = environment;
        this.guard = guard;
        this.parts = List.copyOf(parts);
        this.also = also;
    }

    @Override
    public Answer apply(GuardConfig next) {
        var before = guard.config();
        var missing = NewDisks.missing(before, next, new DeviceResolver(environment.paths()));
        if (missing.isPresent()) {
            return new Answer.Refused(missing.get());
        }
        var made = new ArrayList<Exchange>();
        try {
            var world = environment.withSettings(Node.settings(next));
            for (var part : parts) {
                made.add(part.exchange(world, before, next));
            }
            var all = Exchange.of(made);
            guard.reconfigure(next, () -> {
                        also.accept(next);
                        all.put();
                    })
                    .join();
        } catch (AgentException e) {
            made.forEach(Exchange::discard);
            return new Answer.Refused(String.valueOf(e.getMessage()));
        } catch (CompletionException e) {
            made.forEach(Exchange::discard);
            return new Answer.Refused("it could not be put in force: " + e.getCause());
        } catch (RuntimeException | Error e) {
            made.forEach(Exchange::discard);
            throw e;
        }
        made.forEach(Exchange::finish);
        return new Answer.Applied();
    }
}
