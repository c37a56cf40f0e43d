/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.kills;

import io.diskguard.e2e.apiserver.PodTemplate;
import io.diskguard.e2e.apiserver.SamplePods;
import io.diskguard.e2e.churn.Expectation;
import io.diskguard.e2e.churn.Limits;
import io.diskguard.model.CgroupPath;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;

/** A node's pods, and what becomes of them. The sampler hears of each change before the agent can. Not thread-safe. */
final class Scene {
    static final CgroupPath OUTSIDE = new CgroupPath("/diskguard-kills-others");

    private static final int FOUR = 6;

    private final Kernel kernel;
    private final Sampler sampler;
    private final PodBook book;
    private final Journal journal;
    private final Clock clock;
    private final ConfigFile config;
    private final Words words;
    private final Random random;
    private final SamplePods samples;
    private final Map<String, PodTemplate> pods = new TreeMap<>();
    /** What is gone but for its cgroups. */
    private final List<CgroupPath> orphans = new ArrayList<>();

    private int number;
    private PodTemplate asked;

    /** What takes part in a scene. */
    record Parts(
            Kernel kernel,
            Sampler sampler,
            PodBook book,
            Journal journal,
            Clock clock,
            ConfigFile config,
            Words words,
            String node,
            long seed) {}

    Scene(Parts parts) {
        kernel = parts.kernel();
        sampler = parts.sampler();
        book = parts.book();
        journal = parts.journal();
        clock = parts.clock();
        config = parts.config();
        words = parts.words();
        random = new Random(parts.seed());
        samples = new SamplePods(parts.node(), parts.seed());
        asked = next(FOUR);
    }

    /** Before the first agent. */
    void furnish(int size) {
        add(asked, Limits.NONE, true);
        pods.remove(asked.uid());
        for (var i = 0; i < size; i++) {
            add(next(i), Limits.NONE, true);
        }
        foreign(PodShapes.excluded(next(1)), true);
        foreign(next(1), true);
        foreign(next(2), false);
        kernel.make(OUTSIDE.child("service"));
        foreign(OUTSIDE.child("service"));
        leaveMarked(true);
        leaveMarked(false);
    }

    /** A pod with one container, which nothing but its load limits. */
    PodTemplate quiet() {
        var pod = next(Words.WAYS - 1);
        var one = words.say(Words.WAYS, pod.withContainers(pod.containers().subList(0, 1)));
        add(one, Limits.NONE, true);
        pods.remove(one.uid());
        return one;
    }

    /** A pod that an agent before limited by its load, and which has a new container since. */
    void remember() {
        var pod = words.remembered(next(0), clock.instant());
        add(pod, smart(Words.REMEMBERED), true);
        pods.remove(pod.uid());
    }

    /** Its load is too much from now on. */
    void load(PodTemplate pod) {
        want(pod, smart(Words.SMART));
    }

    /** Asks for what only an agent that is up can give. */
    void ask() {
        var before = asked;
        asked = words.say(FOUR, before);
        journal.note("asked for " + PodShapes.text(asked));
        want(asked, Limits.NONE);
        book.edit(before, asked);
    }

    /** Something happens. */
    void change() {
        switch (random.nextInt(8)) {
            case 0, 1, 2 -> annotate(pick());
            case 3 -> exclude(pick());
            case 4, 5 -> restart(pick());
            case 6 -> replace(pick());
            default -> orphan(pick());
        }
    }

    void configure() {
        var settings = words.settings(random.nextInt(3));
        journal.note("configuration: " + settings);
        sampler.configure(settings);
        config.write(settings);
    }

    /** What an agent that ran before left of a pod that is gone. */
    void leaveMarked(boolean limited) {
        var pod = samples.next(number++);
        var limits = words.limits();
        for (var cgroup : PodShapes.cgroups(pod)) {
            kernel.make(cgroup);
            kernel.mark(cgroup, MarkText.of(kernel.disk(), limits, clock.instant()));
            if (limited) {
                kernel.set(cgroup, limits);
            }
            sampler.watch(cgroup, any -> limits);
            sampler.orphan(cgroup);
            orphans.add(cgroup);
        }
        journal.note("left over: " + pod.uid());
    }

    /** Removes what was taken back. */
    void sweep() {
        for (var cgroup : List.copyOf(orphans)) {
            if (sampler.isRight(cgroup)) {
                sampler.forget(cgroup);
                kernel.remove(cgroup);
                orphans.remove(cgroup);
            }
        }
    }

    private void annotate(PodTemplate before) {
        var after = words.say(random.nextInt(Words.WAYS), before);
        journal.note("annotations of " + before.uid() + " " + PodShapes.text(after));
        want(after, Limits.NONE);
        book.edit(before, keep(after));
    }

    private void exclude(PodTemplate before) {
        var after = PodShapes.excluded(before);
        journal.note("exclusion of " + before.uid() + " " + after.labels().containsKey(Expectation.EXCLUDED));
        want(after, Limits.NONE);
        book.edit(before, keep(after));
    }

    private void restart(PodTemplate before) {
        var index = random.nextInt(before.containers().size());
        var after = keep(PodShapes.restarted(before, index, samples.hex(32)));
        journal.note("restart of " + before.uid() + " "
                + before.containers().get(index).name());
        var old = PodShapes.cgroups(before).get(index);
        var now = PodShapes.cgroups(after).get(index);
        kernel.make(now);
        sampler.restart(old, now);
        unmake(old);
        book.running(after);
    }

    private void replace(PodTemplate pod) {
        journal.note("end of " + pod.uid());
        pods.remove(pod.uid());
        PodShapes.cgroups(pod).forEach(this::unmake);
        unmake(PodShapes.cgroups(pod).get(0).parent().orElseThrow());
        book.delete(pod);
        add(next(random.nextInt(Words.WAYS)), Limits.NONE, random.nextBoolean());
    }

    private void orphan(PodTemplate pod) {
        journal.note("deletion by force of " + pod.uid());
        pods.remove(pod.uid());
        for (var cgroup : PodShapes.cgroups(pod)) {
            sampler.orphan(cgroup);
            orphans.add(cgroup);
        }
        book.delete(pod);
        add(next(random.nextInt(Words.WAYS)), Limits.NONE, random.nextBoolean());
    }

    private void add(PodTemplate pod, Limits smart, boolean known) {
        journal.note("creation of " + pod.uid() + " " + PodShapes.text(pod));
        if (known) {
            book.create(pod);
        } else {
            book.createPending(pod);
        }
        for (var i = 0; i < pod.containers().size(); i++) {
            make(pod, i, smart);
        }
        // Only containers are limited, never what is around them.
        sampler.watchForeign(PodShapes.cgroups(pod).get(0).parent().orElseThrow(), Limits.NONE);
        if (!known) {
            book.running(pod);
        }
        keep(pod);
    }

    private void foreign(PodTemplate pod, boolean known) {
        for (var cgroup : PodShapes.cgroups(pod)) {
            kernel.make(cgroup);
            foreign(cgroup);
        }
        if (known) {
            book.create(pod);
        }
    }

    private void foreign(CgroupPath cgroup) {
        var limits = words.limits();
        kernel.set(cgroup, limits);
        sampler.watchForeign(cgroup, limits);
    }

    private void make(PodTemplate pod, int index, Limits smart) {
        var cgroup = PodShapes.cgroups(pod).get(index);
        kernel.make(cgroup);
        sampler.watch(cgroup, wanted(pod, index, smart));
    }

    private void unmake(CgroupPath cgroup) {
        sampler.forget(cgroup);
        kernel.remove(cgroup);
    }

    private void want(PodTemplate pod, Limits smart) {
        for (var i = 0; i < pod.containers().size(); i++) {
            sampler.want(PodShapes.cgroups(pod).get(i), wanted(pod, i, smart));
        }
    }

    private static Function<Settings, Limits> wanted(PodTemplate pod, int index, Limits smart) {
        var name = pod.containers().get(index).name();
        return settings -> Wanted.of(pod, name, smart, settings);
    }

    private PodTemplate next(int way) {
        var pod = words.say(way % Words.WAYS, samples.next(number++));
        return number % 9 == 0 ? PodShapes.withSidecar(pod) : pod;
    }

    private PodTemplate pick() {
        var all = List.copyOf(pods.values());
        return all.get(random.nextInt(all.size()));
    }

    private PodTemplate keep(PodTemplate pod) {
        pods.put(pod.uid(), pod);
        return pod;
    }

    private static Limits smart(long operations) {
        return Limits.of(0, operations, 0, 0);
    }
}
