/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.trace;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.diskguard.model.ContainerKey;
import io.diskguard.model.Disk;
import io.diskguard.model.DiskActivity;
import io.diskguard.model.DiskUse;
import io.diskguard.model.IoCounters;
import io.diskguard.model.IoPressure;
import io.diskguard.model.Pod;
import io.diskguard.policy.smart.Moment;
import io.diskguard.policy.smart.Round;
import io.diskguard.policy.smart.Watched;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Writes a trace as lines of JSON, UTF-8. Something long is told once by a line of its own and then named by a number.
 *
 * <pre>
 * {"t":"head","v":1,"node":"node-1","started":"2026-01-01T00:00:00Z"}
 * {"t":"pod","at":"…","n":…,                                     left out where the next round is the first to have it
 *  "uid":"…","ns":"shop","name":"db-0","qos":"BURSTABLE","labels":{…},"annotations":{…},
 *  "containers":[{"name":"main","image":"…","kind":"MAIN","id":"containerd://…"}]}
 * {"t":"disk","i":0,"dev":"259:0","name":"nvme0n1"}
 * {"t":"c","i":7,"p":"&lt;pod's uid&gt;","n":"main","id":"…","s":"&lt;source of the counters&gt;",
 *  "u":[[0,1,0,"data"]]}                                         disk's number, 1 if guarded, 1 if the root file system is on it, volumes;
 *                                                                left out if all are guarded only
 * {"t":"r","at":"2026-01-01T00:01:00.5Z","n":60500000000,        ticker, ns
 *  "s":[[7,-1200000,                                             number of the container, ns from "n" to its reading
 *        [0,4096,8192,1,2],                                      disk's number, bytes read, bytes written, reads, writes; the next disk's…
 *        [0,0,0,0,0,0,0,0]],                                     pressure: some avg10, avg60, avg300, total µs; full the same
 *       [8,-900000]],                                            as in the line before: its counters have not changed
 *  "a":[["&lt;pod's uid&gt;","init"]],                            containers that do not run; left out if they are those before
 *  "u":[["&lt;pod's uid&gt;","other"]],                           containers that were to be read and were not; left out if none
 *  "d":{"259:0":[…]}}                                            the nine numbers of /sys/dev/block/M:m/stat, as DiskActivity has them
 * {"t":"gap","at":"…","n":3}                                     three rounds were not recorded
 * </pre>
 *
 * <p>Used by one thread.
 */
final class TraceEncoder {
    private final JsonFactory json = new JsonFactory();
    private final Map<String, Pod> pods = new HashMap<>();
    private final Slots<Disk> disks = new Slots<>();
    private final Slots<Run> runs = new Slots<>();
    private final Map<Run, Map<Disk, IoCounters>> last = new HashMap<>();
    private Set<ContainerKey> absent = Set.of();

    byte[] head(Entry.Head head) throws IOException {
        return lines(to -> {
            start(to, Line.HEAD);
            to.writeNumberField("v", Line.VERSION);
            to.writeStringField("node", head.node());
            to.writeStringField("started", head.started().toString());
            end(to);
        });
    }

    byte[] gap(Instant at, long rounds) throws IOException {
        return lines(to -> {
            start(to, Line.GAP);
            to.writeStringField("at", at.toString());
            to.writeNumberField("n", rounds);
            end(to);
        });
    }

    /** The pod, if it was in the last round and was another one there. */
    byte[] changed(Pod pod, Moment at) throws IOException {
        return lines(to -> {
            var before = pods.replace(pod.uid(), pod);
            if (before != null && !before.equals(pod)) {
                tellPod(to, pod, Optional.of(at));
            }
        });
    }

    /** The round, behind what is new in it. */
    byte[] round(Round round, List<Watched> watched) throws IOException {
        return lines(to -> {
            tellPods(to, watched);
            var uses = uses(watched);
            var now = new HashMap<ContainerKey, Run>();
            for (var each : round.samples()) {
                now.put(each.container(), Run.of(each, uses.getOrDefault(each.container(), List.of())));
            }
            var running = new HashSet<>(now.values());
            runs.retain(running);
            last.keySet().retainAll(running);
            for (var each : round.samples()) {
                tellDisks(to, each.counters().keySet());
                tellRun(to, now.get(each.container()));
            }
            tellRound(to, round, watched, now);
        });
    }

    /** Those that say more than that a disk is guarded. */
    private static Map<ContainerKey, List<DiskUse>> uses(List<Watched> watched) {
        var uses = new HashMap<ContainerKey, List<DiskUse>>();
        for (var each : watched) {
            if (!each.uses().stream().allMatch(use -> use.equals(DiskUse.guarded(use.disk())))) {
                uses.put(each.key(), each.uses());
            }
        }
        return uses;
    }

    private void tellPods(JsonGenerator to, List<Watched> watched) throws IOException {
        var uids = new HashSet<String>();
        for (var each : watched) {
            var pod = each.pod();
            if (uids.add(pod.uid()) && !pod.equals(pods.put(pod.uid(), pod))) {
                tellPod(to, pod, Optional.empty());
            }
        }
        pods.keySet().retainAll(uids);
    }

    private static void tellPod(JsonGenerator to, Pod pod, Optional<Moment> at) throws IOException {
        start(to, Line.POD);
        if (at.isPresent()) {
            to.writeStringField("at", at.get().instant().toString());
            to.writeNumberField("n", at.get().nanos());
        }
        to.writeStringField("uid", pod.uid());
        to.writeStringField("ns", pod.namespace());
        to.writeStringField("name", pod.name());
        to.writeStringField("qos", pod.qosClass().name());
        texts(to, "labels", pod.labels());
        texts(to, "annotations", pod.annotations());
        to.writeArrayFieldStart("containers");
        for (var container : pod.containers()) {
            to.writeStartObject();
            to.writeStringField("name", container.name());
            to.writeStringField("image", container.image());
            to.writeStringField("kind", container.kind().name());
            if (container.id().isPresent()) {
                to.writeStringField("id", container.id().get().toString());
            }
            to.writeEndObject();
        }
        to.writeEndArray();
        end(to);
    }

    private void tellDisks(JsonGenerator to, Collection<Disk> used) throws IOException {
        for (var disk : new TreeSet<>(used)) {
            if (!disks.has(disk)) {
                start(to, Line.DISK);
                to.writeNumberField("i", disks.of(disk));
                to.writeStringField("dev", disk.id().toString());
                to.writeStringField("name", disk.name());
                end(to);
            }
        }
    }

    private void tellRun(JsonGenerator to, Run run) throws IOException {
        if (!runs.has(run)) {
            tellDisks(to, run.uses().stream().map(DiskUse::disk).toList());
            start(to, Line.CONTAINER);
            to.writeNumberField("i", runs.of(run));
            to.writeStringField("p", run.container().podUid());
            to.writeStringField("n", run.container().name());
            to.writeStringField("id", run.id());
            to.writeStringField("s", run.source());
            if (!run.uses().isEmpty()) {
                to.writeArrayFieldStart("u");
                for (var use : run.uses()) {
                    tellUse(to, use);
                }
                to.writeEndArray();
            }
            end(to);
        }
    }

    private void tellUse(JsonGenerator to, DiskUse use) throws IOException {
        to.writeStartArray();
        to.writeNumber(disks.of(use.disk()));
        to.writeNumber(use.guarded() ? 1 : 0);
        to.writeNumber(use.rootfs() ? 1 : 0);
        for (var volume : new TreeSet<>(use.volumes())) {
            to.writeString(volume);
        }
        to.writeEndArray();
    }

    private void tellRound(JsonGenerator to, Round round, List<Watched> watched, Map<ContainerKey, Run> now)
            throws IOException {
        start(to, Line.ROUND);
        to.writeStringField("at", round.at().instant().toString());
        to.writeNumberField("n", round.at().nanos());
        to.writeArrayFieldStart("s");
        for (var each : round.samples()) {
            tellSample(to, each, now.get(each.container()), round.at().nanos());
        }
        to.writeEndArray();
        if (!round.absent().equals(absent)) {
            absent = round.absent();
            keys(to, "a", absent);
        }
        var unread = new TreeSet<ContainerKey>();
        watched.forEach(each -> unread.add(each.key()));
        round.samples().forEach(each -> unread.remove(each.container()));
        if (!unread.isEmpty()) {
            keys(to, "u", unread);
        }
        if (!round.disks().isEmpty()) {
            to.writeObjectFieldStart("d");
            for (var disk : new TreeMap<>(round.disks()).entrySet()) {
                activity(to, disk.getKey().toString(), disk.getValue());
            }
            to.writeEndObject();
        }
        end(to);
    }

    private void tellSample(JsonGenerator to, Round.Sampled sampled, Run run, long now) throws IOException {
        to.writeStartArray();
        to.writeNumber(runs.of(run));
        to.writeNumber(sampled.nanos() - now);
        var before = last.put(run, sampled.counters());
        if (sampled.pressure().isPresent() || !sampled.counters().equals(before == null ? Map.of() : before)) {
            to.writeStartArray();
            for (var disk : new TreeMap<>(sampled.counters()).entrySet()) {
                to.writeNumber(disks.of(disk.getKey()));
                to.writeNumber(disk.getValue().rbytes());
                to.writeNumber(disk.getValue().wbytes());
                to.writeNumber(disk.getValue().rios());
                to.writeNumber(disk.getValue().wios());
            }
            to.writeEndArray();
        }
        if (sampled.pressure().isPresent()) {
            pressure(to, sampled.pressure().get());
        }
        to.writeEndArray();
    }

    private static void pressure(JsonGenerator to, IoPressure pressure) throws IOException {
        to.writeStartArray();
        for (var share : List.of(pressure.some(), pressure.full())) {
            to.writeNumber(share.avg10());
            to.writeNumber(share.avg60());
            to.writeNumber(share.avg300());
            to.writeNumber(share.totalMicros());
        }
        to.writeEndArray();
    }

    private static void activity(JsonGenerator to, String disk, DiskActivity did) throws IOException {
        to.writeFieldName(disk);
        to.writeArray(
                new long[] {
                    did.reads(),
                    did.readSectors(),
                    did.readMillis(),
                    did.writes(),
                    did.writtenSectors(),
                    did.writeMillis(),
                    did.inFlight(),
                    did.busyMillis(),
                    did.weightedMillis()
                },
                0,
                9);
    }

    private static void keys(JsonGenerator to, String field, Set<ContainerKey> keys) throws IOException {
        to.writeArrayFieldStart(field);
        for (var key : new TreeSet<>(keys)) {
            to.writeArray(new String[] {key.podUid(), key.name()}, 0, 2);
        }
        to.writeEndArray();
    }

    private static void texts(JsonGenerator to, String field, Map<String, String> texts) throws IOException {
        to.writeObjectFieldStart(field);
        for (var text : new TreeMap<>(texts).entrySet()) {
            to.writeStringField(text.getKey(), text.getValue());
        }
        to.writeEndObject();
    }

    private static void start(JsonGenerator to, String type) throws IOException {
        to.writeStartObject();
        to.writeStringField(Line.TYPE, type);
    }

    private static void end(JsonGenerator to) throws IOException {
        to.writeEndObject();
        to.writeRaw('\n');
    }

    private byte[] lines(Lines lines) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var to = json.createGenerator(bytes)) {
            to.setRootValueSeparator(null);
            lines.write(to);
        }
        return bytes.toByteArray();
    }

    private interface Lines {
        void write(JsonGenerator to) throws IOException;
    }

    /** A container as it runs now, and who counts for it. */
    private record Run(ContainerKey container, String id, String source, List<DiskUse> uses) {
        static Run of(Round.Sampled sampled, List<DiskUse> uses) {
            return new Run(sampled.container(), sampled.id(), sampled.source(), uses);
        }
    }
}
