/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.runtime.docker;

import java.util.Map;
import java.util.stream.Collectors;

/** @param pid 0 while it does not run */
record FakeContainer(
        String id,
        String name,
        Map<String, String> labels,
        Map<String, String> mounts,
        String cgroupParent,
        long pid,
        int created) {
    private static final String DEV = "/dev/";

    static FakeContainer named(String id, String name) {
        return new FakeContainer(id, name, Map.of(), Map.of(), "", 0, 0);
    }

    FakeContainer withName(String other) {
        return new FakeContainer(id, other, labels, mounts, cgroupParent, pid, created);
    }

    FakeContainer withLabels(Map<String, String> others) {
        return new FakeContainer(id, name, others, mounts, cgroupParent, pid, created);
    }

    /** Named volumes, bind mounts where the key is a path, and devices where that is below {@code /dev}. */
    FakeContainer withMounts(Map<String, String> others) {
        return new FakeContainer(id, name, labels, others, cgroupParent, pid, created);
    }

    FakeContainer withParent(String other) {
        return new FakeContainer(id, name, labels, mounts, other, pid, created);
    }

    FakeContainer withPid(long other) {
        return new FakeContainer(id, name, labels, mounts, cgroupParent, other, created);
    }

    FakeContainer withCreated(int other) {
        return new FakeContainer(id, name, labels, mounts, cgroupParent, pid, other);
    }

    String inspected() {
        return "{\"Id\":%s,\"Created\":\"2026-01-01T00:00:%02d.000000000Z\",\"Name\":%s,\"Image\":\"sha256:0\",\"Strange\":[{}],"
                        .formatted(quoted(id), created, quoted("/" + name))
                + "\"State\":{\"Status\":\"%s\",\"Running\":%s,\"Pid\":%d},".formatted(state(), pid > 0, pid)
                + "\"HostConfig\":{\"CgroupParent\":%s%s},".formatted(quoted(cgroupParent), devicesJson())
                + "\"Config\":{\"Image\":\"busybox\",\"Labels\":%s},\"Mounts\":%s}"
                        .formatted(json(labels), mountsJson());
    }

    String listed() {
        return "{\"Id\":%s,\"Names\":[%s],\"Image\":\"busybox\",\"State\":\"%s\",\"Labels\":%s}"
                .formatted(quoted(id), quoted("/" + name), state(), json(labels));
    }

    String event(String action) {
        return "{\"status\":\"%s\",\"id\":%s,\"Type\":\"container\",\"Action\":\"%s\",\"Actor\":{\"ID\":%s},\"time\":1}\n"
                .formatted(action, quoted(id), action, quoted(id));
    }

    private String state() {
        return pid > 0 ? "running" : "exited";
    }

    private String mountsJson() {
        return mounts.entrySet().stream()
                .filter(mount -> !mount.getKey().startsWith(DEV))
                .map(mount -> mount.getKey().startsWith("/")
                        ? "{\"Type\":\"bind\",\"Source\":%s,\"Destination\":%s}"
                                .formatted(quoted(mount.getKey()), quoted(mount.getValue()))
                        : "{\"Type\":\"volume\",\"Name\":%s,\"Source\":\"/v\",\"Destination\":%s}"
                                .formatted(quoted(mount.getKey()), quoted(mount.getValue())))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private String devicesJson() {
        var devices = mounts.entrySet().stream()
                .filter(mount -> mount.getKey().startsWith(DEV))
                .map(device -> "{\"PathOnHost\":%s,\"PathInContainer\":%s,\"CgroupPermissions\":\"rwm\"}"
                        .formatted(quoted(device.getKey()), quoted(device.getValue())))
                .collect(Collectors.joining(","));
        return devices.isEmpty() ? "" : ",\"Devices\":[" + devices + "]";
    }

    private static String json(Map<String, String> map) {
        return map.entrySet().stream()
                .map(entry -> quoted(entry.getKey()) + ":" + quoted(entry.getValue()))
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
