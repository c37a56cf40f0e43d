/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.device;

import io.diskguard.model.DeviceId;
import io.diskguard.spi.HostPaths;
import java.nio.file.InvalidPathException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Block devices by what people and mount tables call them. */
final class NamedDevices {
    private static final String DEV = "/dev/";

    /** No device node: the kernel calls what it mounted at boot by that name. */
    private static final String ROOT = "/dev/root";

    private static final Map<String, String> TAGS = Map.of(
            "UUID=", "disk/by-uuid/",
            "LABEL=", "disk/by-label/",
            "PARTUUID=", "disk/by-partuuid/",
            "PARTLABEL=", "disk/by-partlabel/");

    private final HostPaths paths;
    private final BlockDevices devices;
    private final DevLinks links;

    NamedDevices(HostPaths paths, BlockDevices devices) {
        this.paths = paths;
        this.devices = devices;
        this.links = new DevLinks(List.of(paths.dev(), paths.proc().resolve("1/root/dev")));
    }

    /** Whether a mount's source is meant to be a block device. */
    static boolean isName(String source) {
        return source.startsWith(DEV) || TAGS.keySet().stream().anyMatch(source::startsWith);
    }

    /**
     * The device of that name.
     *
     * @param name {@code MAJ:MIN}, a kernel name, a path with or without {@code /dev/}, or a tag as in {@code UUID=…}
     * @param steps takes what was followed on the way
     */
    Optional<BlockDevice> find(String name, List<String> steps) {
        try {
            var real = name.equals(ROOT) && links.follow("root").isEmpty() ? rootOfTheKernel(steps) : name;
            var number = DeviceId.parse(real);
            return number.isPresent() ? devices.byNumber(number.get()) : byName(withoutTag(real), steps);
        } catch (InvalidPathException noName) {
            return Optional.empty();
        }
    }

    private static String withoutTag(String name) {
        for (var tag : TAGS.entrySet()) {
            if (name.startsWith(tag.getKey())) {
                return tag.getValue() + name.substring(tag.getKey().length()).replace("\"", "");
            }
        }
        return name.startsWith(DEV) ? name.substring(DEV.length()) : name;
    }

    private Optional<BlockDevice> byName(String name, List<String> steps) {
        if (name.isEmpty() || name.startsWith("/")) {
            return Optional.empty();
        }
        var target = links.follow(name);
        target.ifPresent(to -> steps.add(DEV + name + " leads to " + to));
        return byKernelName(target.orElse(name), steps);
    }

    private Optional<BlockDevice> byKernelName(String name, List<String> steps) {
        var head = devices.headOf(name);
        if (head.isPresent()) {
            steps.add(name + " is a hidden path of the NVMe head " + head.get() + ", which takes the IO");
            return head;
        }
        return devices.byName(name).or(() -> byMapperName(name));
    }

    /** {@code mapper/vg-data}, and {@code vg/data} where udev's links cannot be seen: a hyphen in either name is doubled. */
    private Optional<BlockDevice> byMapperName(String name) {
        var slash = name.indexOf('/');
        if (slash < 0 || name.indexOf('/', slash + 1) > 0) {
            return Optional.empty();
        }
        var before = name.substring(0, slash);
        var after = name.substring(slash + 1);
        return devices.byMapperName(
                before.equals("mapper") ? after : before.replace("-", "--") + "-" + after.replace("-", "--"));
    }

    /** What is meant by {@link #ROOT} is on the kernel's command line: {@code root=UUID=…}. */
    private String rootOfTheKernel(List<String> steps) {
        var words = HostFiles.read(paths.proc().resolve("cmdline")).orElse("").split("\\s+");
        var root = Stream.of(words).filter(word -> word.startsWith("root=")).reduce((earlier, later) -> later);
        root.ifPresent(word -> steps.add("the kernel was started with " + word));
        return root.map(word -> word.substring("root=".length())).orElse(ROOT);
    }
}
