/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.smart;

import io.diskguard.config.DiskCapacity;
import io.diskguard.config.DiskSettings;
import io.diskguard.config.GuardConfig;
import io.diskguard.config.SmartRelease;
import io.diskguard.config.SmartSettings;
import io.diskguard.config.SmartWindow;
import io.diskguard.config.Threshold;
import io.diskguard.model.Container;
import io.diskguard.model.ContainerId;
import io.diskguard.model.ContainerKind;
import io.diskguard.model.IoLimit;
import io.diskguard.model.LimitKey;
import io.diskguard.model.Pod;
import io.diskguard.model.QosClass;
import io.diskguard.model.Rate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The command line, {@code --name=value} each; times in milliseconds.
 *
 * @param disk kernel name
 * @param iops what the disk is said to do
 * @param limit that the windows set; 0: computed
 * @param staticLimit on write operations, whatever the load; 0: none
 * @param pods each as {@code uid/name/container=id,container=id}
 */
record Options(
        String disk,
        Path state,
        List<Pod> pods,
        List<Duration> windows,
        Duration interval,
        Duration removeDelay,
        Duration removeCheck,
        long iops,
        long bps,
        long limit,
        long staticLimit,
        boolean shadow,
        Optional<String> stopAt) {
    private static final double TRIGGER = 0.8;
    private static final double REMOVE = 0.5;
    private static final long LEAST_IOPS = 100;
    private static final long LEAST_BPS = 1 << 20;

    static Options parse(String[] args) {
        var given = new ArrayList<>(List.of(args));
        var pods = take(given, "pod").stream().map(Options::pod).toList();
        var windows = new ArrayList<Duration>();
        for (var window : one(given, "windows", "6000,12000").split(",")) {
            windows.add(Duration.ofMillis(Long.parseLong(window)));
        }
        var options = new Options(
                one(given, "disk", ""),
                Path.of(one(given, "state", "")),
                pods,
                List.copyOf(windows),
                millis(given, "interval", 1000),
                millis(given, "remove-delay", 3000),
                millis(given, "remove-check", 1000),
                Long.parseLong(one(given, "iops", "1000")),
                Long.parseLong(one(given, "bps", "0")),
                Long.parseLong(one(given, "limit", "0")),
                Long.parseLong(one(given, "static-limit", "0")),
                given.remove("--shadow"),
                take(given, "stop-at").stream().findFirst());
        if (!given.isEmpty()) {
            throw new IllegalArgumentException("what is " + given + "?");
        }
        return options;
    }

    GuardConfig config() {
        var capacity = new DiskCapacity(known(iops), known(bps));
        return GuardConfig.builder()
                .defaultLimit(statics())
                .ceiling(IoLimit.UNLIMITED)
                .disks(new DiskSettings(List.of(), List.of(disk), capacity, Map.of()))
                .smart(smart())
                .checkInterval(Duration.ofSeconds(2))
                .stateDir(state)
                .build();
    }

    IoLimit statics() {
        return staticLimit == 0
                ? IoLimit.UNLIMITED
                : IoLimit.UNLIMITED.with(LimitKey.WIOPS, Rate.perSecond(staticLimit));
    }

    private SmartSettings smart() {
        var trigger = new Threshold.Fraction(TRIGGER);
        var remove = new Threshold.Fraction(REMOVE);
        return new SmartSettings(
                true,
                shadow ? SmartSettings.Mode.SHADOW : SmartSettings.Mode.ENFORCE,
                interval,
                windows.stream()
                        .map(length -> new SmartWindow(
                                length.toMillis() / 1000.0 + "s",
                                length,
                                trigger,
                                trigger,
                                known(limit),
                                OptionalLong.empty()))
                        .toList(),
                SmartSettings.Reference.DISK,
                LEAST_IOPS,
                LEAST_BPS,
                new SmartRelease(remove, remove, removeDelay, removeCheck),
                false,
                Optional.empty());
    }

    private static OptionalLong known(long number) {
        return number == 0 ? OptionalLong.empty() : OptionalLong.of(number);
    }

    private static Pod pod(String text) {
        var parts = text.split("/");
        var containers = new ArrayList<Container>();
        for (var container : parts[2].split(",")) {
            var name = container.substring(0, container.indexOf('='));
            var id = new ContainerId("containerd", container.substring(name.length() + 1));
            containers.add(new Container(name, "app:1", ContainerKind.MAIN, Optional.of(id)));
        }
        return new Pod(parts[0], "shop", parts[1], QosClass.GUARANTEED, Map.of(), Map.of(), containers);
    }

    private static Duration millis(List<String> given, String name, long otherwise) {
        return Duration.ofMillis(Long.parseLong(one(given, name, Long.toString(otherwise))));
    }

    private static String one(List<String> given, String name, String otherwise) {
        var values = take(given, name);
        return values.isEmpty() ? otherwise : values.get(0);
    }

    private static List<String> take(List<String> given, String name) {
        var start = "--" + name + "=";
        var values = given.stream().filter(each -> each.startsWith(start)).toList();
        given.removeAll(values);
        return values.stream().map(each -> each.substring(start.length())).toList();
    }
}
