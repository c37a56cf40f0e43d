/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.doctor;

import java.util.List;

/** Looks at one thing of the node. Changes nothing. */
interface Check {
    /** What is looked at, in a few words. */
    String name();

    /** At least one finding. */
    List<Finding> look(Subject node);
}
