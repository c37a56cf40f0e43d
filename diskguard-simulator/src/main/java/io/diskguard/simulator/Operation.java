/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.simulator;

/** What can be made to fail in the simulated hierarchy. */
public enum Operation {
    /** Reading a control file. */
    READ,
    /** Writing to a control file. */
    WRITE,
    /** Making a cgroup; the place is the one to be. */
    MAKE,
    /** Removing a cgroup. */
    REMOVE,
    /** Asking whether a cgroup or a control file exists: a failure is the answer no. */
    EXISTS,
    /** Listing the children of a cgroup: a failure is the answer that it has none. */
    LIST,
    /** Reading an extended attribute. */
    GET_ATTRIBUTE,
    /** Setting or removing an extended attribute. */
    SET_ATTRIBUTE,
    /** Watching a cgroup. */
    WATCH
}
