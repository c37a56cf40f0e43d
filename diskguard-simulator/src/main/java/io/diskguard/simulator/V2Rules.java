/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.simulator;

import io.diskguard.model.DeviceId;
import io.diskguard.model.IoLimit;
import io.diskguard.model.LimitKey;
import io.diskguard.spi.Errno;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The {@code io} controller ({@code block/blk-throttle.c}, {@code tg_set_limit}; 5.10 to 2025). Hierarchical. */
final class V2Rules implements KernelRules {
    private static final BigInteger U64_MAX = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);
    private static final BigInteger UINT_MAX = BigInteger.TWO.pow(32).subtract(BigInteger.ONE);
    private static final String IO_MAX = "io.max";
    private static final String IO_STAT = "io.stat";
    private static final String PRESSURE = "io.pressure";
    private static final String CONTROLLERS = "cgroup.controllers";
    private static final String SUBTREE = "cgroup.subtree_control";
    private static final Set<String> EVERYWHERE = Set.of(CONTROLLERS, SUBTREE, PRESSURE, "cgroup.procs");
    private static final List<LimitKey> PRINTED = List.of(LimitKey.RBPS, LimitKey.WBPS, LimitKey.RIOPS, LimitKey.WIOPS);
    private static final Map<String, LimitKey> KEYS =
            Arrays.stream(LimitKey.values()).collect(Collectors.toUnmodifiableMap(LimitKey::key, key -> key));

    private final BlockDevices devices;

    V2Rules(BlockDevices devices) {
        this.devices = devices;
    }

    @Override
    public boolean hasFile(Cgroup cgroup, String file) {
        return switch (file) {
            case IO_MAX -> cgroup.parent().isPresent() && hasIo(cgroup);
            case IO_STAT -> hasIo(cgroup);
            default -> EVERYWHERE.contains(file);
        };
    }

    @Override
    public String read(Cgroup cgroup, String file) {
        return switch (file) {
            case IO_MAX -> limits(cgroup);
            case IO_STAT -> stat(cgroup);
            case PRESSURE -> cgroup.pressure();
            case CONTROLLERS -> hasIo(cgroup) ? "io memory pids\n" : "memory pids\n";
            case SUBTREE -> cgroup.ioForChildren() ? "io\n" : "\n";
            default -> cgroup.processLines();
        };
    }

    @Override
    public void write(Cgroup cgroup, String file, String line) throws Refused {
        switch (file) {
            case IO_MAX -> setLimit(cgroup, line);
            case SUBTREE -> setSubtree(cgroup, line);
            default -> throw new Refused(Errno.EINVAL);
        }
    }

    private void setLimit(Cgroup cgroup, String line) throws Refused {
        if (line.isEmpty()) {
            return;
        }
        var rule = Rule.parse(line, devices);
        var numbers = new EnumMap<LimitKey, Long>(LimitKey.class);
        numbers.putAll(cgroup.limits().getOrDefault(rule.device(), Map.of()));
        for (var token : rule.body().split("\\s+")) {
            if (!token.isEmpty()) {
                set(numbers, token);
            }
        }
        cgroup.setLimits(rule.device(), numbers);
    }

    private static void set(Map<LimitKey, Long> numbers, String token) throws Refused {
        var equals = token.indexOf('=');
        if (equals < 0) {
            throw new Refused(Errno.EINVAL);
        }
        var text = token.substring(equals + 1);
        var value = text.equals("max") ? U64_MAX : number(text);
        if (value.signum() == 0) {
            throw new Refused(Errno.ERANGE);
        }
        var key = KEYS.get(token.substring(0, equals));
        if (key == null || value.equals(BigInteger.ONE)) {
            throw new Refused(Errno.EINVAL);
        }
        if (value.compareTo(key.isOperations() ? UINT_MAX : U64_MAX) >= 0) {
            numbers.remove(key);
        } else {
            numbers.put(key, value.longValue());
        }
    }

    private static BigInteger number(String text) throws Refused {
        var value = new BigInteger(Rule.digits(text).orElseThrow(() -> new Refused(Errno.EINVAL)));
        if (value.compareTo(U64_MAX) > 0) {
            throw new Refused(Errno.EINVAL);
        }
        return value;
    }

    /** {@code cgroup_subtree_control_write}: a controller that this cgroup has not itself, or that children use, is refused. */
    private static void setSubtree(Cgroup cgroup, String line) throws Refused {
        var on = cgroup.ioForChildren();
        for (var token : line.strip().split("\\s+")) {
            switch (token) {
                case "" -> {}
                case "+io" -> on = true;
                case "-io" -> on = false;
                case "+memory", "-memory", "+pids", "-pids" -> {}
                default -> throw new Refused(Errno.EINVAL);
            }
        }
        if (on && !hasIo(cgroup)) {
            throw new Refused(Errno.ENOENT);
        }
        if (!on && cgroup.children().values().stream().anyMatch(Cgroup::ioForChildren)) {
            throw new Refused(Errno.EBUSY);
        }
        if (!on) {
            cgroup.children().values().forEach(child -> child.limits().clear());
        }
        cgroup.setIoForChildren(on);
    }

    @Override
    public String limitFile() {
        return IO_MAX;
    }

    @Override
    public Map<String, String> lines(DeviceId device, IoLimit limit) {
        return Map.of(IO_MAX, device + " " + limit);
    }

    @Override
    public void count(Cgroup cgroup, DeviceId device, Counters io) {
        cgroup.count(device, io);
    }

    @Override
    public List<Cgroup> throttling(Cgroup cgroup) {
        return cgroup.lineage();
    }

    @Override
    public void delegate(Cgroup parent) {
        parent.lineage().forEach(each -> each.setIoForChildren(true));
    }

    private static boolean hasIo(Cgroup cgroup) {
        return cgroup.parent().map(Cgroup::ioForChildren).orElse(true);
    }

    private static String limits(Cgroup cgroup) {
        return cgroup.limits().entrySet().stream()
                .map(entry -> entry.getKey() + " " + numbers(entry.getValue()) + "\n")
                .collect(Collectors.joining());
    }

    private static String numbers(Map<LimitKey, Long> numbers) {
        return PRINTED.stream()
                .map(key -> key.key() + "="
                        + Stream.ofNullable(numbers.get(key))
                                .map(Long::toUnsignedString)
                                .findFirst()
                                .orElse("max"))
                .collect(Collectors.joining(" "));
    }

    private static String stat(Cgroup cgroup) {
        return cgroup.subtree().entrySet().stream()
                .map(entry -> {
                    var io = entry.getValue();
                    return entry.getKey() + " rbytes=" + io.readBytes() + " wbytes=" + io.writtenBytes() + " rios="
                            + io.reads() + " wios=" + io.writes() + " dbytes=0 dios=0\n";
                })
                .collect(Collectors.joining());
    }
}
