/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.device;

import io.diskguard.model.CgroupPath;
import io.diskguard.spi.AttributeResult;
import io.diskguard.spi.CgroupFs;
import io.diskguard.spi.CgroupWatch;
import io.diskguard.spi.Errno;
import io.diskguard.spi.FsResult;
import io.diskguard.spi.ReadBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Cgroups that have processes and nothing else. */
final class ProcessList implements CgroupFs {
    private final Map<CgroupPath, String> processes = new TreeMap<>();

    void put(CgroupPath cgroup, int... pids) {
        put(cgroup, Arrays.stream(pids).mapToObj(pid -> pid + "\n").collect(Collectors.joining()));
    }

    /** The content of the file as it is, right or wrong. */
    void put(CgroupPath cgroup, String content) {
        processes.put(cgroup, content);
        cgroup.parent().ifPresent(parent -> {
            if (!processes.containsKey(parent)) {
                put(parent);
            }
        });
    }

    @Override
    public String mountPoint() {
        return "/sys/fs/cgroup";
    }

    @Override
    public FsResult read(CgroupPath cgroup, String file, ReadBuffer buffer) {
        buffer.clear();
        if (!exists(cgroup, file)) {
            return FsResult.failed(Errno.ENOENT, cgroup + "/" + file);
        }
        buffer.set(processes.get(cgroup).getBytes(StandardCharsets.UTF_8));
        return FsResult.OK;
    }

    @Override
    public boolean exists(CgroupPath cgroup) {
        return processes.containsKey(cgroup);
    }

    @Override
    public boolean exists(CgroupPath cgroup, String file) {
        return exists(cgroup) && file.equals("cgroup.procs");
    }

    @Override
    public List<String> children(CgroupPath cgroup) {
        return processes.keySet().stream()
                .filter(child -> child.parent().filter(cgroup::equals).isPresent())
                .map(CgroupPath::name)
                .toList();
    }

    @Override
    public FsResult write(CgroupPath cgroup, String file, String line) {
        return FsResult.failed(Errno.EACCES, file);
    }

    @Override
    public FsResult mkdir(CgroupPath cgroup) {
        return FsResult.failed(Errno.EACCES, cgroup.value());
    }

    @Override
    public FsResult rmdir(CgroupPath cgroup) {
        return FsResult.failed(Errno.EACCES, cgroup.value());
    }

    @Override
    public AttributeResult attribute(CgroupPath cgroup, String name) {
        return AttributeResult.ABSENT;
    }

    @Override
    public FsResult setAttribute(CgroupPath cgroup, String name, String value) {
        return FsResult.failed(Errno.EOPNOTSUPP, name);
    }

    @Override
    public FsResult removeAttribute(CgroupPath cgroup, String name) {
        return FsResult.failed(Errno.EOPNOTSUPP, name);
    }

    @Override
    public Optional<CgroupWatch> openWatch() {
        return Optional.empty();
    }
}
