/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.trace;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.diskguard.model.Container;
import io.diskguard.model.ContainerId;
import io.diskguard.model.ContainerKey;
import io.diskguard.model.ContainerKind;
import io.diskguard.model.DeviceId;
import io.diskguard.model.Disk;
import io.diskguard.model.DiskActivity;
import io.diskguard.model.DiskUse;
import io.diskguard.model.IoCounters;
import io.diskguard.model.IoPressure;
import io.diskguard.model.Pod;
import io.diskguard.model.QosClass;
import io.diskguard.policy.smart.Moment;
import io.diskguard.policy.smart.Round;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Understands the lines that {@link TraceEncoder} writes. Used by one thread. */
final class TraceDecoder {
    private static final String KINDS = "\"t\" one of head, pod, disk, c, r, gap";

    private final ObjectMapper json = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private final Map<Integer, Disk> disks = new HashMap<>();
    private final Map<Integer, Run> runs = new HashMap<>();
    private Set<ContainerKey> absent = Set.of();
    private boolean begun;

    /**
     * What the line tells; empty if only lines after it need it.
     *
     * @throws Unexpected if it is none, saying what was expected
     */
    Optional<Entry> decode(byte[] line, int length) throws Unexpected {
        JsonNode node;
        try {
            node = json.readTree(line, 0, length);
        } catch (IOException e) {
            throw new Unexpected("a JSON object");
        }
        if (!node.isObject()) {
            throw new Unexpected("a JSON object");
        }
        var fields = new LineFields(node);
        try {
            return decode(fields.text(Line.TYPE, KINDS), fields);
        } catch (IllegalArgumentException e) {
            throw new Unexpected(String.valueOf(e.getMessage()));
        }
    }

    private Optional<Entry> decode(String type, LineFields line) throws Unexpected {
        if (!begun && !type.equals(Line.HEAD)) {
            throw new Unexpected("\"t\":\"head\" first");
        }
        return switch (type) {
            case Line.HEAD -> Optional.of(head(line));
            case Line.POD -> Optional.of(podSeen(line));
            case Line.DISK -> disk(line);
            case Line.CONTAINER -> container(line);
            case Line.ROUND -> Optional.of(round(line));
            case Line.GAP -> Optional.of(new Entry.Gap(line.instant("at"), line.index("n")));
            default -> throw new Unexpected(KINDS);
        };
    }

    private Entry head(LineFields line) throws Unexpected {
        if (line.number("v") != Line.VERSION) {
            throw new Unexpected("\"v\":" + Line.VERSION + ", as another version of the format is not known");
        }
        begun = true;
        disks.clear();
        runs.clear();
        absent = Set.of();
        return new Entry.Head(line.text("node"), line.instant("started"));
    }

    private static Entry podSeen(LineFields line) throws Unexpected {
        var at = line.has("at")
                ? Optional.of(new Moment(line.number("n"), line.instant("at")))
                : Optional.<Moment>empty();
        return new Entry.PodSeen(pod(line), at);
    }

    private static Pod pod(LineFields line) throws Unexpected {
        var containers = new ArrayList<Container>();
        for (var each : line.list("containers")) {
            var fields = new LineFields(each);
            var id = fields.has("id") ? Optional.of(id(fields.text("id"))) : Optional.<ContainerId>empty();
            var kind = fields.constant("kind", ContainerKind.class);
            containers.add(new Container(fields.text("name"), fields.text("image"), kind, id));
        }
        return new Pod(
                line.text("uid"),
                line.text("ns"),
                line.text("name"),
                line.constant("qos", QosClass.class),
                line.texts("labels"),
                line.texts("annotations"),
                containers);
    }

    private static ContainerId id(String text) throws Unexpected {
        return ContainerId.parse(text).orElseThrow(() -> new Unexpected("\"id\" as containerd://<id>"));
    }

    private static DeviceId device(String text) throws Unexpected {
        return DeviceId.parse(text).orElseThrow(() -> new Unexpected("a disk's number as MAJ:MIN"));
    }

    private Optional<Entry> disk(LineFields line) throws Unexpected {
        var name = line.text("name");
        if (name.chars().anyMatch(Character::isISOControl)) {
            throw new Unexpected("\"name\" with a disk's name");
        }
        disks.put(line.index("i"), new Disk(device(line.text("dev")), name));
        return Optional.empty();
    }

    private Optional<Entry> container(LineFields line) throws Unexpected {
        var key = new ContainerKey(line.text("p"), line.text("n"));
        var uses = new ArrayList<DiskUse>();
        if (line.has("u")) {
            for (var each : line.list("u")) {
                uses.add(use(each));
            }
        }
        runs.put(line.index("i"), new Run(key, line.text("id"), line.text("s"), uses));
        return Optional.empty();
    }

    private DiskUse use(JsonNode node) throws Unexpected {
        var expected = "each of \"u\" as [disk, guarded, rootfs, volume, …]";
        if (!node.isArray() || node.size() < 3) {
            throw new Unexpected(expected);
        }
        var volumes = new HashSet<String>();
        for (var at = 3; at < node.size(); at++) {
            volumes.add(node.get(at).asText());
        }
        return new DiskUse(
                disk(node.get(0), expected),
                node.get(1).asInt() != 0,
                volumes,
                node.get(2).asInt() != 0);
    }

    private Disk disk(JsonNode number, String expected) throws Unexpected {
        return Optional.ofNullable(disks.get(LineFields.index(number, expected)))
                .orElseThrow(() -> new Unexpected("a disk that a line before told"));
    }

    private Entry round(LineFields line) throws Unexpected {
        var at = new Moment(line.number("n"), line.instant("at"));
        var samples = new ArrayList<Round.Sampled>();
        var seen = new HashSet<ContainerKey>();
        var uses = new HashMap<ContainerKey, List<DiskUse>>();
        for (var each : line.list("s")) {
            var sample = sample(each, at.nanos(), uses);
            if (!seen.add(sample.container())) {
                throw new Unexpected("each container once in \"s\"");
            }
            samples.add(sample);
        }
        if (line.has("a")) {
            absent = keys(line.list("a"));
        }
        var unread = line.has("u") ? keys(line.list("u")) : Set.<ContainerKey>of();
        var activity = new HashMap<DeviceId, DiskActivity>();
        if (line.has("d")) {
            for (var disk : line.objects("d").entrySet()) {
                activity.put(device(disk.getKey()), activity(disk.getValue()));
            }
        }
        return new Entry.Sampling(new Round(at, samples, absent, activity), unread, uses);
    }

    private Round.Sampled sample(JsonNode node, long now, Map<ContainerKey, List<DiskUse>> uses) throws Unexpected {
        var expected = "each of \"s\" as [container, ns, [disk, rbytes, wbytes, rios, wios, …], [pressure]]";
        if (!node.isArray() || node.size() < 2 || node.size() > 4) {
            throw new Unexpected(expected);
        }
        var run = Optional.ofNullable(runs.get(LineFields.index(node.get(0), expected)))
                .orElseThrow(() -> new Unexpected("a container that a line before told"));
        if (!run.uses.isEmpty()) {
            uses.put(run.container, run.uses);
        }
        if (node.size() > 2) {
            run.counters = counters(node.get(2));
        }
        var pressure = node.size() > 3 ? Optional.of(pressure(node.get(3))) : Optional.<IoPressure>empty();
        return new Round.Sampled(
                run.container,
                run.id,
                run.source,
                now + LineFields.number(node.get(1), expected),
                run.counters,
                pressure);
    }

    private Map<Disk, IoCounters> counters(JsonNode node) throws Unexpected {
        var expected = "counters as [disk, rbytes, wbytes, rios, wios, …]";
        if (!node.isArray() || node.size() % 5 != 0) {
            throw new Unexpected(expected);
        }
        var counters = new LinkedHashMap<Disk, IoCounters>();
        for (var at = 0; at < node.size(); at += 5) {
            counters.put(
                    disk(node.get(at), expected),
                    new IoCounters(
                            LineFields.number(node.get(at + 1), expected),
                            LineFields.number(node.get(at + 2), expected),
                            LineFields.number(node.get(at + 3), expected),
                            LineFields.number(node.get(at + 4), expected)));
        }
        return counters;
    }

    private static IoPressure pressure(JsonNode node) throws Unexpected {
        var expected = "pressure as eight numbers";
        if (!node.isArray() || node.size() != 8) {
            throw new Unexpected(expected);
        }
        var shares = new ArrayList<IoPressure.Share>();
        for (var at = 0; at < 8; at += 4) {
            shares.add(new IoPressure.Share(
                    node.get(at).asDouble(-1),
                    node.get(at + 1).asDouble(-1),
                    node.get(at + 2).asDouble(-1),
                    LineFields.number(node.get(at + 3), expected)));
        }
        return new IoPressure(shares.get(0), shares.get(1));
    }

    private static DiskActivity activity(JsonNode node) throws Unexpected {
        var expected = "what a disk did as nine numbers";
        if (!node.isArray() || node.size() != 9) {
            throw new Unexpected(expected);
        }
        var numbers = new long[9];
        for (var i = 0; i < numbers.length; i++) {
            numbers[i] = LineFields.number(node.get(i), expected);
        }
        return new DiskActivity(
                numbers[0],
                numbers[1],
                numbers[2],
                numbers[3],
                numbers[4],
                numbers[5],
                numbers[6],
                numbers[7],
                numbers[8]);
    }

    private static Set<ContainerKey> keys(List<JsonNode> nodes) throws Unexpected {
        var keys = new HashSet<ContainerKey>();
        for (var node : nodes) {
            if (node.size() != 2) {
                throw new Unexpected("a container as [pod's uid, name]");
            }
            keys.add(new ContainerKey(node.get(0).asText(), node.get(1).asText()));
        }
        return keys;
    }

    private static final class Run {
        private final ContainerKey container;
        private final String id;
        private final String source;
        private final List<DiskUse> uses;
        private Map<Disk, IoCounters> counters = Map.of();

        Run(ContainerKey container, String id, String source, List<DiskUse> uses) {
            this.container = container;
            this.id = id;
            this.source = source;
            this.uses = uses;
        }
    }
}
