/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reconcile;

import io.diskguard.model.CgroupPath;
import io.diskguard.spi.CgroupFs;
import io.diskguard.spi.Errno;
import io.diskguard.spi.FsResult;
import java.nio.file.Path;

/**
 * Marks as the extended attribute {@code user.diskguard} of the cgroup, which goes with it (kernfs has such attributes
 * since Linux 5.7); in a {@link JournalMarks journal} where the kernel has none.
 */
final class AttributeMarks implements Marks {
    private static final String NAME = "diskguard";

    private final CgroupFs hierarchy;
    private final JournalMarks journal;

    AttributeMarks(CgroupFs hierarchy, Path stateDir) {
        this.hierarchy = hierarchy;
        this.journal = new JournalMarks(stateDir.resolve("marks.json"), hierarchy::exists);
    }

    @Override
    public Mark read(CgroupPath cgroup) {
        return hierarchy.attribute(cgroup, NAME).flatMap(MarkCodec::decode).orElseGet(() -> journal.read(cgroup));
    }

    @Override
    public FsResult write(CgroupPath cgroup, Mark mark) {
        var result = mark.isEmpty()
                ? hierarchy.removeAttribute(cgroup, NAME)
                : hierarchy.setAttribute(cgroup, NAME, MarkCodec.encode(mark));
        return result.is(Errno.EOPNOTSUPP) ? journal.write(cgroup, mark) : result;
    }
}
