/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.benchmarks.host;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A host of plain files, which needs neither root nor a kernel that fits: a disk, cgroup v2, and a pod of one container that is
 * known, one that nobody has announced, and a rule, so that the runtime is asked who that is before anything is limited.
 */
public record PlainHost(Path directory) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String UID = "11111111-2222-3333-4444-555555555555";
    private static final String ANNOUNCED = "a".repeat(64);
    private static final String STRANGER = "b".repeat(64);
    private static final String POD = "kubepods/burstable/pod" + UID;

    /** In a directory that is there. */
    public static PlainHost make(Path directory) throws IOException {
        disk(directory.resolve("sys"));
        var root = directory.resolve("cgroup");
        for (var each :
                List.of("", "kubepods", "kubepods/burstable", POD, POD + "/" + ANNOUNCED, POD + "/" + STRANGER)) {
            controlFiles(root.resolve(each));
        }
        for (var file : List.of("cgroup.controllers", "cgroup.subtree_control")) {
            Files.writeString(root.resolve(file), "cpu io memory\n");
        }
        var mounts = "35 31 0:32 / " + root + " rw,relatime - cgroup2 cgroup2 rw\n";
        var proc = directory.resolve("proc");
        Files.writeString(Files.createDirectories(proc.resolve("self")).resolve("mountinfo"), mounts);
        Files.writeString(
                Files.createDirectories(proc.resolve("1")).resolve("mountinfo"),
                "21 1 254:0 / / rw,relatime - ext4 /dev/vda rw\n" + mounts);
        return new PlainHost(directory);
    }

    /** What leads the agent here. */
    public Map<String, String> variables() {
        return Map.of(
                "HOST_PROC", directory.resolve("proc").toString(),
                "HOST_SYS", directory.resolve("sys").toString(),
                "STATE_DIR", directory.resolve("state").toString(),
                "DATA_DEVICES", "vda");
    }

    /**
     * The pod as the API server has it.
     *
     * @param scheme of the container's id: who runs it
     */
    public ObjectNode pod(String node, String scheme) throws IOException {
        var text = """
                {"apiVersion": "v1", "kind": "Pod",
                 "metadata": {"name": "db", "namespace": "shop", "uid": "%s",
                  "annotations": {"iops-limit/policy": "[{\\"container\\": \\"app\\", \\"readIops\\": 80}]"}},
                 "spec": {"nodeName": "%s",
                  "containers": [{"name": "app", "image": "app:1"}, {"name": "late", "image": "app:2"}]},
                 "status": {"phase": "Running", "qosClass": "Burstable",
                  "containerStatuses": [{"name": "app", "image": "app:1", "containerID": "%s://%s"}]}}
                """;
        return (ObjectNode) JSON.readTree(text.formatted(UID, node, scheme, ANNOUNCED));
    }

    private static void disk(Path sys) throws IOException {
        var disk = Files.createDirectories(sys.resolve("devices/vda"));
        Files.createDirectory(disk.resolve("queue"));
        Files.writeString(disk.resolve("dev"), "254:0\n");
        Files.writeString(disk.resolve("uevent"), "MAJOR=254\nMINOR=0\nDEVNAME=vda\nDEVTYPE=disk\n");
        Files.writeString(disk.resolve("size"), "1000000\n");
        for (var place : List.of("block", "class/block")) {
            Files.createSymbolicLink(Files.createDirectories(sys.resolve(place)).resolve("vda"), disk);
        }
        Files.createSymbolicLink(
                Files.createDirectories(sys.resolve("dev/block")).resolve("254:0"), disk);
    }

    private static void controlFiles(Path cgroup) throws IOException {
        Files.createDirectories(cgroup);
        for (var file : List.of("io.max", "io.stat", "io.pressure")) {
            Files.createFile(cgroup.resolve(file));
        }
    }
}
