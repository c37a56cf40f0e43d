/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reload;

import io.diskguard.config.ConfigLoader;
import io.diskguard.config.ConfigResult;
import io.diskguard.config.ConfigWarning;
import io.diskguard.reload.ConfigTarget.Answer;
import io.diskguard.reload.Reload.Result;
import io.diskguard.spi.ConfigSource;
import io.diskguard.spi.ConfigSource.Problem;
import io.diskguard.spi.Environment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the sources and puts in force what they say. Not thread-safe: one thread looks. */
final class Reloading {
    /** What could not be put in force may be possible later: a disk comes, a source can be read again. */
    static final Duration AGAIN = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(ConfigReloader.class);
    private static final int LONGEST_REASON = 500;
    private static final Pattern LINE = Pattern.compile(" line \\d+");

    private final Environment environment;
    private final List<ConfigSource> sources;
    private final ConfigTarget target;
    private final List<ReloadListener> listeners;
    private final Course course;
    private final BooleanSupplier isClosed;
    private Seen seen;
    private List<ConfigWarning> warned;
    private long tried;

    Reloading(
            Environment environment,
            List<ConfigSource> sources,
            ConfigTarget target,
            List<ReloadListener> listeners,
            Course course,
            BooleanSupplier isClosed) {
        this.environment = environment;
        this.sources = sources;
        this.target = target;
        this.course = course;
        this.isClosed = isClosed;
        this.listeners = new ArrayList<>(List.of(new ReloadLog()));
        this.listeners.addAll(listeners);
        var initial = course.status().inForce();
        this.seen = Seen.of(initial);
        this.warned = initial.warnings();
        this.tried = environment.ticker().nanos();
    }

    /** Nothing comes of it where the sources say what they said last. */
    void look(List<String> told) {
        var last = course.status().last();
        var look = Look.begin(environment, last, told);
        var isDue = !last.isGood() && look.begun() - tried >= AGAIN.toNanos();
        var result = load();
        if (isClosed.getAsBoolean()) {
            return;
        }
        try {
            judge(look, result, isDue);
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError failure) {
            // A value of a plugin may be anything, and must not look as if it were in force
            var reason = shown("it cannot be compared with what is in force: " + failure);
            if (!reason.equals(last.reason())) {
                LOG.warn("judging a configuration failed", failure);
                failed(look.rolledBack(List.of(), reason));
            }
            tried = environment.ticker().nanos();
        }
    }

    private void judge(Look look, ConfigResult result, boolean isDue) {
        var now = Seen.of(result);
        var isNew = !now.equals(seen);
        if (isNew || isDue && course.status().last().result() == Result.ROLLED_BACK) {
            decide(look, result, isNew);
        }
        seen = now;
        if (isNew || isDue) {
            tried = environment.ticker().nanos();
        }
    }

    /** Nanoseconds until it is worth a look though nothing changed; very long where all is well. */
    long untilNext() {
        return course.status().last().isGood()
                ? Long.MAX_VALUE
                : Math.max(1, tried + AGAIN.toNanos() - environment.ticker().nanos());
    }

    private void decide(Look look, ConfigResult result, boolean isNew) {
        if (result instanceof ConfigResult.Valid next) {
            valid(look, next, isNew);
        } else {
            failed(look.rejected(((ConfigResult.Invalid) result).problems()));
        }
    }

    private void valid(Look bare, ConfigResult.Valid next, boolean isNew) {
        var status = course.status();
        var look = bare.warning(next.warnings().stream().filter(this::isNews).toList());
        warned = next.warnings();
        var changes = Changes.between(status.inForce().effective(), next.effective());
        var running = Running.of(status.inForce(), next, changes.waiting());
        if (!(running instanceof ConfigResult.Valid toApply)) {
            failed(look.rejected(((ConfigResult.Invalid) running).problems()));
            return;
        }
        var told = changes.since(status.waiting());
        if (changes.live().isEmpty()) {
            course.good(look.good(told), toApply, status.since(), changes.waiting());
        } else if (apply(toApply) instanceof Answer.Refused refused) {
            // at its end a guard refuses whatever comes, which is no trouble of the configuration
            if (!isClosed.getAsBoolean()
                    && (isNew || !refused.reason().equals(status.last().reason()))) {
                failed(look.rolledBack(told, refused.reason()));
            }
            return;
        } else {
            course.good(look.good(told), toApply, environment.clock().instant(), changes.waiting());
        }
        tell();
    }

    /** One that only stands in another line is none. */
    private boolean isNews(ConfigWarning warning) {
        return warned.stream().noneMatch(it -> words(it).equals(words(warning)));
    }

    private static String words(ConfigWarning warning) {
        return LINE.matcher(warning.toString()).replaceAll("");
    }

    private void failed(Reload entry) {
        course.failed(entry);
        tell();
    }

    private Answer apply(ConfigResult.Valid next) {
        try {
            var answer = Objects.requireNonNull(target.apply(next.config()), "answer");
            return answer instanceof Answer.Refused refused ? new Answer.Refused(shown(refused.reason())) : answer;
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError failure) {
            var reason = shown(failure.toString());
            if (!course.status().last().reason().equals(reason)) {
                LOG.warn("putting a configuration in force failed", failure);
            }
            return new Answer.Refused(reason);
        }
    }

    private ConfigResult load() {
        try {
            return ConfigLoader.load(sources);
        } catch (RuntimeException | AssertionError | StackOverflowError failure) {
            var expected = "sources that can be read; one failed with " + shown(failure.toString());
            return new ConfigResult.Invalid(List.of(new Problem("*", "", "sources of the configuration", expected)));
        }
    }

    private void tell() {
        var last = course.status().last();
        for (var listener : listeners) {
            try {
                listener.reloaded(last);
            } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError failure) {
                LOG.warn("a listener failed at configuration {}", last.number(), failure);
            }
        }
    }

    private static String shown(String reason) {
        var line = reason.replaceAll("[\\p{Cntrl} ]+", " ").strip();
        return line.length() <= LONGEST_REASON ? line : line.substring(0, LONGEST_REASON) + "…";
    }
}
