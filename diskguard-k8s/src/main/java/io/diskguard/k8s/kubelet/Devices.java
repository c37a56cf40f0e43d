/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s.kubelet;

import io.diskguard.model.DeviceId;
import io.diskguard.spi.HostPaths;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The numbers of devices whose names no row with numbers gave, from sysfs. */
final class Devices {
    /** How cAdvisor writes names, whatever the place of the directory here. */
    private static final String PREFIX = "/dev/";

    private static final String MAPPED = "mapper/";

    private final Path blocks;

    Devices(HostPaths paths) {
        this.blocks = paths.sys().resolve("class").resolve("block");
    }

    /** @param name as cAdvisor has it: {@code /dev/sda}, {@code /dev/mapper/vg-data} */
    Optional<DeviceId> find(String name) {
        if (!name.startsWith(PREFIX)) {
            return Optional.empty();
        }
        var its = name.substring(PREFIX.length());
        return its.startsWith(MAPPED) ? mapped(its.substring(MAPPED.length())) : number(its);
    }

    private Optional<DeviceId> number(String name) {
        // Below a directory, as cciss/c0d0, sysfs has another sign.
        return text(blocks.resolve(name.replace('/', '!')).resolve("dev")).flatMap(DeviceId::parse);
    }

    private Optional<DeviceId> mapped(String name) {
        try (var all = Files.list(blocks)) {
            return all.filter(block -> text(block.resolve("dm").resolve("name"))
                            .filter(name::equals)
                            .isPresent())
                    .findFirst()
                    .flatMap(block -> text(block.resolve("dev")))
                    .flatMap(DeviceId::parse);
        } catch (IOException | UncheckedIOException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(Path file) {
        try {
            return Optional.of(Files.readString(file).strip());
        } catch (IOException | UncheckedIOException e) {
            return Optional.empty();
        }
    }
}
