/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.device;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.diskguard.model.DeviceId;
import io.diskguard.spi.HostPaths;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a real machine showed of its disks, from a file of {@code e2e/record-disks}: {@code d PATH} is a directory,
 * {@code l PATH -> TARGET} a link, {@code b PATH MAJ:MIN} a block device node (an empty file here), {@code f PATH} a file
 * whose lines follow, each after a {@code |}, and {@code c PATH read MAJ:MIN… written MAJ:MIN…} what its kernel charged a
 * container for that read and wrote below the path. The files may be changed: each load makes new ones.
 */
record RecordedMachine(String name, FileSystem files, Map<String, DeviceId> nodes, List<Charged> charges) {
    private static final Pattern CHARGE = Pattern.compile("(.*) read (-|[0-9: ]+) written (-|[0-9: ]+)");

    /** The disks whose {@code io.stat} of a container grew as it read and wrote below the path; none for NFS. */
    record Charged(String path, Set<DeviceId> read, Set<DeviceId> written) {}

    /** All that are recorded. */
    static List<String> names() throws IOException {
        try (var files = Files.list(Path.of(Objects.requireNonNull(RecordedMachine.class.getResource("machines"))
                .toURI()))) {
            return files.map(file -> file.getFileName().toString().replace(".tree", ""))
                    .sorted()
                    .toList();
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }

    static RecordedMachine load(String name) {
        var machine = new RecordedMachine(
                name, Jimfs.newFileSystem(Configuration.unix()), new TreeMap<>(), new ArrayList<>());
        try (var in = RecordedMachine.class.getResourceAsStream("machines/" + name + ".tree")) {
            var text = new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
            machine.replay(text.lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return machine;
    }

    HostPaths paths() {
        return HostPaths.in(files);
    }

    private void replay(List<String> lines) throws IOException {
        var next = 0;
        while (next < lines.size()) {
            var line = lines.get(next++);
            if (line.startsWith("#")) {
                continue;
            }
            var rest = line.substring(2);
            switch (line.substring(0, 2)) {
                case "d " -> Files.createDirectories(files.getPath(rest));
                case "l " -> {
                    var names = rest.split(" -> ");
                    Files.createSymbolicLink(place(names[0]), files.getPath(names[1]));
                }
                case "b " -> {
                    var space = rest.lastIndexOf(' ');
                    var node = Files.createFile(place(rest.substring(0, space)));
                    nodes.put(node.toString(), number(rest.substring(space + 1)));
                }
                case "c " -> {
                    var charge = CHARGE.matcher(rest);
                    if (!charge.matches()) {
                        throw new IllegalArgumentException(name + ": " + line);
                    }
                    charges.add(new Charged(charge.group(1), numbers(charge.group(2)), numbers(charge.group(3))));
                }
                case "f " -> {
                    var text = new StringBuilder();
                    for (; next < lines.size() && lines.get(next).startsWith("|"); next++) {
                        text.append(lines.get(next), 1, lines.get(next).length())
                                .append('\n');
                    }
                    Files.writeString(place(rest), text);
                }
                default -> throw new IllegalArgumentException(name + ": " + line);
            }
        }
    }

    private static Set<DeviceId> numbers(String text) {
        return text.equals("-")
                ? Set.of()
                : Stream.of(text.split(" ")).map(RecordedMachine::number).collect(Collectors.toSet());
    }

    private static DeviceId number(String text) {
        return DeviceId.parse(text).orElseThrow();
    }

    private Path place(String path) throws IOException {
        var place = files.getPath(path);
        Files.createDirectories(place.getParent());
        return place;
    }
}
