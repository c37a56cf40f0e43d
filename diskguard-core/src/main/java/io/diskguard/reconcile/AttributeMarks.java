/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reconcile;

import io.diskguard.model.CgroupPath;
import io.diskguard.spi.AttributeResult;
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
    public MarkReading read(CgroupPath cgroup) {
        var attribute = hierarchy.attribute(cgroup, NAME);
        if (attribute instanceof AttributeResult.Failed failed) {
            return failed.errno() == Errno.EOPNOTSUPP
                    ? journal.read(cgroup)
                    : new MarkReading.Unreadable("cannot read the mark: " + failed.detail());
        }
        if (attribute instanceof AttributeResult.Present present) {
            var mark = MarkCodec.decode(present.value());
            if (mark.isPresent()) {
                return new MarkReading.Known(mark.get());
            }
        }
        // Where there are attributes the journal is not needed: one that cannot be read must not hold everything up
        return journal.read(cgroup) instanceof MarkReading.Known known ? known : new MarkReading.Known(Mark.NONE);
    }

    @Override
    public FsResult write(CgroupPath cgroup, Mark mark) {
        var result = mark.isEmpty()
                ? hierarchy.removeAttribute(cgroup, NAME)
                : hierarchy.setAttribute(cgroup, NAME, MarkCodec.encode(mark));
        return result.is(Errno.EOPNOTSUPP) ? journal.write(cgroup, mark) : result;
    }
}
