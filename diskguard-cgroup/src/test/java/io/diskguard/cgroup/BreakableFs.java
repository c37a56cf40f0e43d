/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.cgroup;

import io.diskguard.model.CgroupPath;
import io.diskguard.spi.AttributeResult;
import io.diskguard.spi.CgroupFs;
import io.diskguard.spi.CgroupWatch;
import io.diskguard.spi.ControlFile;
import io.diskguard.spi.Errno;
import io.diskguard.spi.FsResult;
import io.diskguard.spi.ReadBuffer;
import java.util.List;
import java.util.Optional;

/** A hierarchy whose reads can be made to fail, as they do for a process without a file descriptor to spare. */
final class BreakableFs implements CgroupFs {
    private final CgroupFs fs;
    private boolean broken;

    BreakableFs(CgroupFs fs) {
        this.fs = fs;
    }

    void breakReads() {
        broken = true;
    }

    @Override
    public FsResult read(CgroupPath cgroup, String file, ReadBuffer buffer) {
        return read(buffer, fs.file(cgroup, file));
    }

    @Override
    public ControlFile file(CgroupPath cgroup, String file) {
        var real = fs.file(cgroup, file);
        return buffer -> read(buffer, real);
    }

    private FsResult read(ReadBuffer buffer, ControlFile file) {
        if (broken) {
            buffer.clear();
            return FsResult.failed(Errno.OTHER, "Too many open files");
        }
        return file.read(buffer);
    }

    @Override
    public String mountPoint() {
        return fs.mountPoint();
    }

    @Override
    public FsResult write(CgroupPath cgroup, String file, String line) {
        return fs.write(cgroup, file, line);
    }

    @Override
    public boolean exists(CgroupPath cgroup) {
        return fs.exists(cgroup);
    }

    @Override
    public boolean exists(CgroupPath cgroup, String file) {
        return fs.exists(cgroup, file);
    }

    @Override
    public List<String> children(CgroupPath cgroup) {
        return fs.children(cgroup);
    }

    @Override
    public FsResult mkdir(CgroupPath cgroup) {
        return fs.mkdir(cgroup);
    }

    @Override
    public FsResult rmdir(CgroupPath cgroup) {
        return fs.rmdir(cgroup);
    }

    @Override
    public AttributeResult attribute(CgroupPath cgroup, String name) {
        return fs.attribute(cgroup, name);
    }

    @Override
    public FsResult setAttribute(CgroupPath cgroup, String name, String value) {
        return fs.setAttribute(cgroup, name, value);
    }

    @Override
    public FsResult removeAttribute(CgroupPath cgroup, String name) {
        return fs.removeAttribute(cgroup, name);
    }

    @Override
    public Optional<CgroupWatch> openWatch() {
        return fs.openWatch();
    }
}
