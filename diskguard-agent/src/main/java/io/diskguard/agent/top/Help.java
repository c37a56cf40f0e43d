/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.top;

import java.util.ArrayList;
import java.util.List;

/** What the keys and the columns mean. Pure. */
final class Help {
    private static final String TEXT = """

            < > or arrows   sort by the column beside        U N C D F S   by use, name, container, disk, from, since
            r               the other way round              / text enter  only what contains the text; esc: all
            l               only containers with a limit     b             operations, bytes, both
            up down pgup pgdn home end   scroll              space         pause
            q or ctrl-c     quit

            !  AT LIMIT     does nine tenths or more of what it may
            LIMIT           what the kernel has now; max: none; ?: it cannot be read
            USE             the most used of the four limits
            FROM            annotation, default, smart, ceiling, policy (of a plugin), former (DiskGuard's, to be
                            changed or left by an agent that is gone), foreign (somebody else's), none
            SMART SINCE     the window of a limit by load, and for how long it has been in force
            """;

    private Help() {}

    static List<Line> lines() {
        var lines = new ArrayList<Line>();
        TEXT.lines().forEach(line -> lines.add(Line.of(line, Ink.PLAIN)));
        return lines;
    }
}
