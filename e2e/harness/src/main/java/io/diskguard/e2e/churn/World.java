/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.churn;

import io.diskguard.e2e.apiserver.PodTemplate;
import io.diskguard.e2e.apiserver.PodTemplate.ContainerTemplate;
import io.diskguard.e2e.apiserver.SamplePods;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** The pods that a node should have, and what becomes of them next: the same for the same seed. Not thread-safe. */
public final class World {
    private enum Kind {
        ANNOTATION,
        RESTART,
        REPLACEMENT,
        EXCLUSION,
        OTHERS
    }

    private static final Map<Kind, Integer> SHARES =
            Map.of(Kind.ANNOTATION, 20, Kind.RESTART, 10, Kind.REPLACEMENT, 8, Kind.EXCLUSION, 6, Kind.OTHERS, 6);
    /** As many containers come and go as there are changes. */
    private static final Map<Kind, Integer> COMING_AND_GOING =
            Map.of(Kind.ANNOTATION, 8, Kind.RESTART, 26, Kind.REPLACEMENT, 12, Kind.EXCLUSION, 2, Kind.OTHERS, 2);
    /** So that a pod is not changed again before it is seen what the last change did. */
    private static final int RESTING = 20;

    private final Map<Kind, Integer> shares;
    private final Random random;
    private final SamplePods samples;
    private final Map<String, PodTemplate> pods = new TreeMap<>();
    private final Deque<String> resting = new ArrayDeque<>();
    private final Deque<Kind> deck = new ArrayDeque<>();
    private int number;

    World(String node, int size, long seed) {
        this(node, size, seed, SHARES);
    }

    private World(String node, int size, long seed, Map<Kind, Integer> shares) {
        this.shares = shares;
        random = new Random(seed);
        samples = new SamplePods(node, seed);
        for (var i = 0; i < size; i++) {
            add();
        }
    }

    /** One on which as many containers come and go as there are changes. */
    public static World busy(String node, int size, long seed) {
        return new World(node, size, seed, COMING_AND_GOING);
    }

    public List<PodTemplate> pods() {
        return List.copyOf(pods.values());
    }

    public Change next() {
        if (deck.isEmpty()) {
            var kinds = new ArrayList<Kind>();
            shares.forEach((kind, share) -> kinds.addAll(Collections.nCopies(share, kind)));
            Collections.sort(kinds);
            Collections.shuffle(kinds, random);
            deck.addAll(kinds);
        }
        return switch (deck.remove()) {
            case ANNOTATION -> annotate(pick());
            case RESTART -> restart();
            case REPLACEMENT -> replace(pick());
            case EXCLUSION -> exclude(pick());
            case OTHERS -> others(pick());
        };
    }

    public Change.Restarted restart() {
        var before = pick();
        var index = random.nextInt(before.containers().size());
        var containers = new ArrayList<>(before.containers());
        var old = containers.get(index);
        containers.set(index, new ContainerTemplate(old.name(), old.image(), samples.hex(32)));
        return new Change.Restarted(before, keep(before.withContainers(containers)), index);
    }

    private Change annotate(PodTemplate before) {
        var annotations = new HashMap<>(before.annotations());
        var had = annotations.keySet().removeIf(key -> key.startsWith(Expectation.PREFIX));
        var what =
                switch (had ? random.nextInt(8) : 1 + random.nextInt(7)) {
                    case 0 -> "none";
                    case 1 -> {
                        annotations.put(Expectation.PREFIX + "iops", number(100, 2000));
                        yield "iops";
                    }
                    case 2 -> {
                        annotations.put(Expectation.PREFIX + "write-iops", "0");
                        annotations.put(Expectation.PREFIX + "read-bps", number(1 << 20, 1 << 26));
                        yield "zero and bps";
                    }
                    case 3 -> {
                        annotations.put(Expectation.PREFIX + "removed", "true");
                        yield "removed";
                    }
                    case 4 -> {
                        var name = before.containers().get(0).name();
                        annotations.put(Expectation.PREFIX + "read-iops", number(100, 2000));
                        annotations.put(
                                Expectation.PREFIX + "policy",
                                "[{\"container\":\"" + name + "\",\"writeIops\":" + number(100, 2000) + "}]");
                        yield "policy";
                    }
                    case 5 -> {
                        annotations.put(Expectation.PREFIX + "read-iops", "many-" + number(0, 99));
                        annotations.put(Expectation.PREFIX + "write-iops", number(100, 2000));
                        yield "one invalid";
                    }
                    default -> {
                        annotations.put(Expectation.PREFIX + "read-iops", number(100, 2000));
                        annotations.put(Expectation.PREFIX + "write-iops", number(100, 2000));
                        yield "read and write";
                    }
                };
        // once more where it came out the same
        return annotations.equals(before.annotations())
                ? annotate(before)
                : new Change.Edited(before, keep(before.withAnnotations(annotations)), "annotation: " + what);
    }

    private Change exclude(PodTemplate before) {
        var labels = new HashMap<>(before.labels());
        if (labels.remove(Expectation.EXCLUDED) == null) {
            labels.put(Expectation.EXCLUDED, "yes");
        }
        return new Change.Edited(before, keep(before.withLabels(labels)), "exclusion");
    }

    /** As a deployment's controller, an operator or a person does. */
    private Change others(PodTemplate before) {
        var annotations = new HashMap<>(before.annotations());
        annotations.put("checksum/config", samples.hex(32));
        annotations.put("operator.example/revision-" + random.nextInt(3), number(1, 99));
        return new Change.Edited(before, keep(before.withAnnotations(annotations)), "annotation of others");
    }

    private Change replace(PodTemplate gone) {
        pods.remove(gone.uid());
        return new Change.Replaced(gone, random.nextInt(3) == 0, add(), random.nextInt(3) == 0);
    }

    private PodTemplate add() {
        var pod = samples.next(number++);
        if (number % 9 == 0) {
            var containers = new ArrayList<>(pod.containers());
            var last = containers.size() - 1;
            containers.set(
                    last,
                    new ContainerTemplate(
                            Expectation.SIDECAR, "proxy:1", containers.get(last).id()));
            pod = pod.withContainers(containers);
        }
        rest(pod);
        return keep(pod);
    }

    private PodTemplate keep(PodTemplate pod) {
        pods.put(pod.uid(), pod);
        return pod;
    }

    private PodTemplate pick() {
        var candidates = pods.values().stream()
                .filter(pod -> !resting.contains(pod.uid()))
                .toList();
        var pod = candidates.get(random.nextInt(candidates.size()));
        rest(pod);
        return pod;
    }

    private void rest(PodTemplate pod) {
        resting.add(pod.uid());
        if (resting.size() > RESTING) {
            resting.remove();
        }
    }

    private String number(int from, int to) {
        return String.valueOf(from + random.nextInt(to - from));
    }
}
