/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.scenarios.machine;

import io.diskguard.cgroup.CgroupLayout;
import io.diskguard.device.DeviceResolver;
import io.diskguard.model.DeviceId;
import io.diskguard.spi.HostPaths;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;

/**
 * The machine that the scenarios run in, as {@code e2e/vm/scenarios} wrote it down: lines of words, one a fact.
 *
 * @param app where the agent is, as the image has it
 * @param volumes file systems to do IO on, by name
 * @param spares block devices that nothing else uses, by name: {@code disk}, {@code other}, a {@code partition} of the first
 * @param full whether there is time for the long form of a scenario
 */
public record Machine(Path app, Map<String, Volume> volumes, Map<String, DeviceId> spares, boolean full) {
    /** A file system, and the device whose limit holds for IO on it; told by who set it up, not by what is tested here. */
    public record Volume(String name, Path mount, Path node, DeviceId disk) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** This machine. */
    public static Machine here() {
        var file = Path.of(Optional.ofNullable(System.getProperty("scenarios.facts"))
                .orElseThrow(() -> new IllegalStateException("not in a machine: run e2e/run")));
        try {
            var devices = new DeviceResolver(paths());
            return parse(Files.readAllLines(file), Boolean.getBoolean("scenarios.full"), devices::numberOf);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws IllegalArgumentException if a line is no fact, or says again what another said */
    static Machine parse(List<String> facts, boolean full, Function<String, Optional<DeviceId>> numbers) {
        var app = Optional.<Path>empty();
        var volumes = new LinkedHashMap<String, Volume>();
        var spares = new LinkedHashMap<String, DeviceId>();
        for (var fact : facts) {
            var words = fact.split(" ");
            var before = volumes.size() + spares.size() + app.stream().count();
            switch (words[0] + " " + words.length) {
                case "app 2" -> app = Optional.of(Path.of(words[1]));
                case "volume 4" -> volumes.put(words[1], volume(words, numbers));
                case "spare 3" -> spares.put(words[1], number(numbers, words[2]));
                default -> throw new IllegalArgumentException("no fact: " + fact);
            }
            if (volumes.size() + spares.size() + app.stream().count() == before) {
                throw new IllegalArgumentException("said twice: " + fact);
            }
        }
        return new Machine(app.orElseThrow(() -> new IllegalArgumentException("no fact app")), volumes, spares, full);
    }

    private static Volume volume(String[] words, Function<String, Optional<DeviceId>> numbers) {
        return new Volume(words[1], Path.of(words[2]), Path.of(words[3]), number(numbers, words[3]));
    }

    private static DeviceId number(Function<String, Optional<DeviceId>> numbers, String node) {
        return numbers.apply(node).orElseThrow(() -> new NoSuchElementException("no block device " + node));
    }

    /** The host's own. */
    public static HostPaths paths() {
        return HostPaths.host();
    }

    /** The kernel's name of a block device: that of its node in {@code /dev}. */
    public static String name(DeviceId device) {
        try {
            var directory = paths().sys().resolve("dev/block/" + device).toRealPath();
            return directory.getFileName().toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where cgroup v2 is mounted. */
    public static Path hierarchy() {
        if (CgroupLayout.of(paths()) instanceof CgroupLayout.V2 v2) {
            return v2.mount();
        }
        throw new IllegalStateException("no cgroup v2 with the io controller here");
    }

    /** @throws NoSuchElementException if the machine has none of that name */
    public Volume volume(String name) {
        return Optional.ofNullable(volumes.get(name)).orElseThrow(() -> new NoSuchElementException("volume " + name));
    }

    /** @throws NoSuchElementException if the machine has none of that name */
    public DeviceId spare(String name) {
        return Optional.ofNullable(spares.get(name)).orElseThrow(() -> new NoSuchElementException("spare " + name));
    }
}
