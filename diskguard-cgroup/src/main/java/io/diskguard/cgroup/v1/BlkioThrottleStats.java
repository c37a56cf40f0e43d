/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.cgroup.v1;

import io.diskguard.cgroup.internal.ControlFileCursor;
import io.diskguard.cgroup.internal.CounterTable;
import io.diskguard.cgroup.internal.CounterTable.Column;
import io.diskguard.cgroup.internal.PerCgroup;
import io.diskguard.cgroup.internal.Refusals;
import io.diskguard.model.CgroupPath;
import io.diskguard.model.DeviceId;
import io.diskguard.model.DiskActivity;
import io.diskguard.spi.CgroupFs;
import io.diskguard.spi.ControlFile;
import io.diskguard.spi.CounterMap;
import io.diskguard.spi.FsResult;
import io.diskguard.spi.IoSignals;
import io.diskguard.spi.IoStatsSource;
import io.diskguard.spi.ReadBuffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Counters of cgroup v1, from {@code blkio.throttle.io_service_bytes_recursive} and
 * {@code blkio.throttle.io_serviced_recursive}: lines {@code 8:0 Write 12}, the cgroup's and those of all below it (a
 * container may have cgroups of its own). Where the kernel lacks them, from the files without {@code _recursive}, which
 * do not count the children's.
 *
 * <p>A disk whose scheduler counts by itself, seen when {@link #startCounting} is called for it, is read from the
 * scheduler's files instead, as runc does: {@code blkio.bfq.*_recursive}, then cfq's {@code blkio.*_recursive} (before
 * Linux 5.0). The throttle layer counts only what passes a throttled cgroup on Linux 5.16 to 6.4, and nothing at all on a
 * disk without any rule from 6.10. Where a disk's counters are read from does not change any more then.
 *
 * <p>Not thread-safe.
 */
public final class BlkioThrottleStats implements IoStatsSource {
    private final CgroupFs fs;
    private final CounterFiles any;
    private final List<Started> started = new ArrayList<>();
    private final PerCgroup<List<Pair>> files;
    private final ReadBuffer buffer = new ReadBuffer();
    private final ControlFileCursor cursor = new ControlFileCursor(buffer);
    private final CounterTable table = new CounterTable();
    private final Map<DeviceId, UnthrottledIo> judged = new HashMap<>();
    private final Function<DeviceId, Optional<DiskActivity>> activity;
    private Set<CounterFiles> used;

    /** Reads from the hierarchy given; cannot tell whether only IO with a limit is counted. */
    public BlkioThrottleStats(CgroupFs fs) {
        this(fs, disk -> Optional.empty());
    }

    /** Reads from the hierarchy given. */
    public BlkioThrottleStats(CgroupFs fs, IoSignals signals) {
        this(fs, disk -> signals.activity(disk).toOptional());
    }

    private BlkioThrottleStats(CgroupFs fs, Function<DeviceId, Optional<DiskActivity>> activity) {
        this.fs = fs;
        this.activity = activity;
        this.any = fs.exists(CgroupPath.ROOT, CounterFiles.THROTTLE_RECURSIVE.bytes())
                ? CounterFiles.THROTTLE_RECURSIVE
                : CounterFiles.THROTTLE;
        this.used = EnumSet.of(any);
        this.files = new PerCgroup<>(this::open);
    }

    /**
     * Where the kernel does not count on this disk yet, writes a throttle rule of 0 for it into a scratch cgroup
     * {@code /diskguard}, made and removed again; the kernel then counts for all cgroups, and goes on. Nothing is limited
     * by it.
     */
    @Override
    public Counting startCounting(DeviceId disk) {
        // Another disk may have the number now, and nobody told the kernel to count on that one
        var before = started.stream().filter(each -> each.disk().equals(disk)).findFirst();
        if (before.filter(it -> it.by() != any || lists(any, disk)).isPresent()) {
            return Counting.COUNTS;
        }
        before.ifPresent(started::remove);
        for (var scheduler : CounterFiles.OF_SCHEDULERS) {
            if (lists(scheduler, disk)) {
                return counts(disk, scheduler);
            }
        }
        if (!lists(any, disk) && new ScratchRule(fs).write(disk) instanceof FsResult.Failed failed) {
            return new Counting.Off(
                    "the kernel does not count on disk " + disk + ", and cannot be told to: " + failed.detail());
        }
        return counts(disk, any);
    }

    /**
     * Off while the kernel lists no line of the disk. That only throttled IO is counted is seen by what the disk did and
     * the root cgroup shows of it, never by the kernel's version; what a scheduler counts is all there is.
     */
    @Override
    public Counting counting(DeviceId disk) {
        for (var scheduler : CounterFiles.OF_SCHEDULERS) {
            if (lists(scheduler, disk)) {
                return Counting.COUNTS;
            }
        }
        if (!lists(any, disk)) {
            return new Counting.Off("the kernel has no line of disk " + disk + " in " + any.operations()
                    + ": it counts after a throttle rule was written for the disk in any cgroup");
        }
        return any == CounterFiles.THROTTLE_RECURSIVE
                ? activity.apply(disk).flatMap(done -> unseen(disk, done)).orElse(Counting.COUNTS)
                : Counting.COUNTS;
    }

    private Optional<Counting> unseen(DeviceId disk, DiskActivity done) {
        var root = new CounterMap();
        if (!(sample(CgroupPath.ROOT, root) instanceof Sample.Counted)) {
            return Optional.empty();
        }
        return root.get(disk)
                .flatMap(io -> judged.computeIfAbsent(disk, id -> new UnthrottledIo())
                        .take(new UnthrottledIo.Reading(done, io.rbytes() + io.wbytes(), io.rios() + io.wios())))
                .map(seen -> new Counting.OnlyThrottled("the kernel counts only throttled IO on " + disk + " (" + seen
                        + "): a container without any limit there is not seen; a default limit makes it seen"));
    }

    private Counting counts(DeviceId disk, CounterFiles by) {
        started.add(new Started(disk, by));
        var all = started.stream()
                .map(Started::by)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(CounterFiles.class)));
        if (!all.equals(used)) {
            used = all;
            files.clear();
        }
        return Counting.COUNTS;
    }

    /** Whether the root cgroup has lines of the disk in both files: every cgroup's IO shows there. */
    private boolean lists(CounterFiles source, DeviceId disk) {
        return lists(source.bytes(), disk) && lists(source.operations(), disk);
    }

    private boolean lists(String file, DeviceId disk) {
        if (!fs.read(CgroupPath.ROOT, file, buffer).isOk()) {
            return false;
        }
        cursor.over(buffer);
        while (cursor.next()) {
            if (cursor.isFirstOfLine()
                    && cursor.isDevice()
                    && cursor.major() == disk.major()
                    && cursor.minor() == disk.minor()) {
                return true;
            }
        }
        return false;
    }

    private List<Pair> open(CgroupPath cgroup) {
        return used.stream()
                .map(each -> new Pair(each, fs.file(cgroup, each.bytes()), fs.file(cgroup, each.operations())))
                .toList();
    }

    @Override
    public Sample sample(CgroupPath cgroup, Sink sink) {
        table.begin();
        var pairs = files.get(cgroup);
        for (var i = 0; i < pairs.size(); i++) {
            var pair = pairs.get(i);
            if (pair.bytes().read(buffer) instanceof FsResult.Failed failed) {
                return failed(cgroup, failed);
            }
            collect(pair.source(), Column.RBYTES, Column.WBYTES);
            if (pair.operations().read(buffer) instanceof FsResult.Failed failed) {
                return failed(cgroup, failed);
            }
            collect(pair.source(), Column.RIOS, Column.WIOS);
        }
        table.handTo(sink);
        return Sample.COUNTED;
    }

    private Sample failed(CgroupPath cgroup, FsResult.Failed failed) {
        files.forget(cgroup);
        return Refusals.ofSample(fs, cgroup, failed);
    }

    private void collect(CounterFiles source, Column read, Column write) {
        cursor.over(buffer);
        while (cursor.next()) {
            if (cursor.isFirstOfLine() && cursor.isDevice() && cursor.next() && !cursor.isFirstOfLine()) {
                if (cursor.is("Read")) {
                    take(source, read);
                } else if (cursor.is("Write")) {
                    take(source, write);
                }
            }
        }
    }

    private void take(CounterFiles source, Column column) {
        var value = cursor.next() && !cursor.isFirstOfLine() && cursor.hasNumber();
        if (value && (used.size() == 1 || source.equals(sourceOf(cursor.major(), cursor.minor())))) {
            table.set(table.row(cursor.major(), cursor.minor()), column, cursor.number());
        }
    }

    private CounterFiles sourceOf(int major, int minor) {
        for (var i = 0; i < started.size(); i++) {
            var each = started.get(i);
            if (each.disk().minor() == minor && each.disk().major() == major) {
                return each.by();
            }
        }
        return any;
    }

    @Override
    public void close() {}

    private record Started(DeviceId disk, CounterFiles by) {}

    /** The two files of one cgroup. */
    private record Pair(CounterFiles source, ControlFile bytes, ControlFile operations) {}
}
