/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.smart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.diskguard.model.SmartStateKeys;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;

/**
 * Prints what kernel, mark and store say of the write operations of one container: {@code 300 300 300}, or {@code none}.
 * Arguments: the cgroup's directory, the disk's number, the store's file, the container's name.
 */
final class Agreement {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NONE = "none";
    private static final String NAME = "diskguard";
    private static final int WRITES = 1;
    private static final int MOST = 1 << 16;

    private Agreement() {}

    public static void main(String[] args) throws IOException {
        var cgroup = Path.of(args[0]);
        System.out.println(
                kernel(cgroup, args[1]) + " " + mark(cgroup, args[1]) + " " + stored(Path.of(args[2]), args[3]));
    }

    private static String kernel(Path cgroup, String disk) throws IOException {
        return Files.readAllLines(cgroup.resolve("blkio.throttle.write_iops_device")).stream()
                .filter(line -> line.startsWith(disk + " "))
                .map(line -> line.substring(disk.length() + 1))
                .findFirst()
                .orElse(NONE);
    }

    private static String mark(Path cgroup, String disk) throws IOException {
        var view = Files.getFileAttributeView(cgroup, UserDefinedFileAttributeView.class);
        if (!view.list().contains(NAME)) {
            return NONE;
        }
        var text = ByteBuffer.allocate(MOST);
        try {
            view.read(NAME, text);
        } catch (FileSystemException goneMeanwhile) {
            return NONE;
        }
        var root = JSON.readTree(new String(text.array(), 0, text.position(), StandardCharsets.UTF_8));
        return number(root.path("d").path(disk).path("s"));
    }

    private static String stored(Path file, String container) throws IOException {
        if (!Files.exists(file)) {
            return NONE;
        }
        for (var text : JSON.readTree(file.toFile()).properties()) {
            if (text.getKey().endsWith("/" + SmartStateKeys.SMART_STATE)) {
                for (var disk :
                        JSON.readTree(text.getValue().asText()).path("c").path(container)) {
                    return number(disk);
                }
            }
        }
        return NONE;
    }

    private static String number(JsonNode limit) {
        var rate = limit.path("r").path(WRITES);
        return rate.isMissingNode() ? NONE : rate.asText();
    }
}
