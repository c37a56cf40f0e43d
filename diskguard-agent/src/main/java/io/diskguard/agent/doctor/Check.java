/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.doctor;

import java.util.List;
import java.util.Set;

/** Looks at one thing of the node. Changes nothing. */
interface Check {
    /** What is looked at, for programs: kebab-case, and the same for good. */
    String id();

    /** What is looked at, in a few words. */
    String name();

    /** The ids of what has to be in order for this to be; what is wrong there is not told again here. */
    default Set<String> needs() {
        return Set.of();
    }

    /** Whether it waits for answers: then it is made beside the others. */
    default boolean waits() {
        return false;
    }

    /** At least one finding. */
    List<Finding> look(Subject node);
}
