/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.simulator;

import io.diskguard.model.DeviceId;
import io.diskguard.model.IoLimit;
import io.diskguard.model.LimitKey;
import io.diskguard.model.Rate;
import io.diskguard.spi.Errno;
import java.math.BigInteger;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * The {@code blkio} controller ({@code block/blk-throttle.c}, {@code tg_set_conf}; counting as measured on 6.18). Flat:
 * a cgroup's limit does not bind its children.
 */
final class V1Rules implements KernelRules {
    private static final long UINT_MAX = 0xffff_ffffL;
    private static final long U64_MAX = -1;
    private static final String SERVICED = "blkio.throttle.io_serviced";
    private static final String BYTES = "blkio.throttle.io_service_bytes";
    private static final String RECURSIVE = "_recursive";
    private static final Map<String, LimitKey> THROTTLE = Map.of(
            "blkio.throttle.read_iops_device", LimitKey.RIOPS,
            "blkio.throttle.write_iops_device", LimitKey.WIOPS,
            "blkio.throttle.read_bps_device", LimitKey.RBPS,
            "blkio.throttle.write_bps_device", LimitKey.WBPS);
    private static final Set<String> OTHERS =
            Set.of(SERVICED, BYTES, SERVICED + RECURSIVE, BYTES + RECURSIVE, "cgroup.procs", "tasks");

    private final BlockDevices devices;
    private final Set<DeviceId> counting = new HashSet<>();

    V1Rules(BlockDevices devices) {
        this.devices = devices;
    }

    @Override
    public boolean hasFile(Cgroup cgroup, String file) {
        return THROTTLE.containsKey(file) || OTHERS.contains(file);
    }

    @Override
    public String read(Cgroup cgroup, String file) {
        return switch (file) {
            case SERVICED -> stat(cgroup.own(), Counters::reads, Counters::writes);
            case BYTES -> stat(cgroup.own(), Counters::readBytes, Counters::writtenBytes);
            case SERVICED + RECURSIVE -> stat(cgroup.subtree(), Counters::reads, Counters::writes);
            case BYTES + RECURSIVE -> stat(cgroup.subtree(), Counters::readBytes, Counters::writtenBytes);
            default -> THROTTLE.containsKey(file) ? limits(cgroup, THROTTLE.get(file)) : cgroup.processLines();
        };
    }

    @Override
    public void write(Cgroup cgroup, String file, String line) throws Refused {
        if (line.isEmpty()) {
            return;
        }
        if (!THROTTLE.containsKey(file)) {
            throw new Refused(Errno.EINVAL);
        }
        var rule = Rule.parse(line, devices);
        counting.add(rule.device());
        cgroup.know(rule.device());
        var digits = Rule.digits(rule.body()).orElseThrow(() -> new Refused(Errno.EINVAL));
        set(cgroup, rule.device(), THROTTLE.get(file), wrapped(digits));
    }

    private static void set(Cgroup cgroup, DeviceId device, LimitKey key, long written) {
        var numbers = new EnumMap<LimitKey, Long>(LimitKey.class);
        numbers.putAll(cgroup.limits().getOrDefault(device, Map.of()));
        // 0 is replaced before the cut to 32 bits: a multiple of 2^32 leaves a limit of 0 behind, as it does on 6.18.
        var whole = written == 0 ? U64_MAX : written;
        var kept = key.isOperations() ? whole & UINT_MAX : whole;
        if (kept == (key.isOperations() ? UINT_MAX : U64_MAX)) {
            numbers.remove(key);
        } else {
            numbers.put(key, kept);
        }
        cgroup.setLimits(device, numbers);
    }

    @Override
    public String limitFile() {
        return "blkio.throttle.read_bps_device";
    }

    @Override
    public Map<String, String> lines(DeviceId device, IoLimit limit) {
        var lines = new TreeMap<String, String>();
        THROTTLE.forEach((file, key) ->
                lines.put(file, device + " " + (limit.get(key) instanceof Rate.PerSecond rate ? rate.value() : 0)));
        return lines;
    }

    @Override
    public void count(Cgroup cgroup, DeviceId device, Counters io) {
        if (counting.contains(device)) {
            cgroup.know(device);
            cgroup.count(device, io);
        }
    }

    @Override
    public List<Cgroup> throttling(Cgroup cgroup) {
        return List.of(cgroup);
    }

    @Override
    public void delegate(Cgroup parent) {
        // v1 has the controller everywhere
    }

    /** More than 64 bits wrap around: {@code sscanf} does not look for overflow. */
    private static long wrapped(String digits) {
        return new BigInteger(digits).longValue();
    }

    private static String limits(Cgroup cgroup, LimitKey key) {
        var text = new StringBuilder();
        cgroup.limits().forEach((device, numbers) -> {
            var number = numbers.get(key);
            if (number != null) {
                text.append(device)
                        .append(' ')
                        .append(Long.toUnsignedString(number))
                        .append('\n');
            }
        });
        return text.toString();
    }

    private static String stat(
            SortedMap<DeviceId, Counters> counters, ToLongFunction<Counters> read, ToLongFunction<Counters> written) {
        var text = new StringBuilder();
        var total = 0L;
        for (var entry : counters.entrySet()) {
            var reads = read.applyAsLong(entry.getValue());
            var writes = written.applyAsLong(entry.getValue());
            var sum = reads + writes;
            var device = entry.getKey();
            text.append(device).append(" Read ").append(reads).append('\n');
            text.append(device).append(" Write ").append(writes).append('\n');
            text.append(device).append(" Sync ").append(sum).append('\n');
            text.append(device).append(" Async 0\n");
            text.append(device).append(" Discard 0\n");
            text.append(device).append(" Total ").append(sum).append('\n');
            total += sum;
        }
        return text.append("Total ").append(total).append('\n').toString();
    }
}
