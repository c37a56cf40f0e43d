/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.spi;

/** What reading an extended attribute gave: a failure is not the same as an attribute that is not there. Immutable. */
public sealed interface AttributeResult {
    /** The attribute is not set, or the cgroup is gone and its attributes with it. */
    AttributeResult ABSENT = new Absent();

    record Present(String value) implements AttributeResult {}

    record Absent() implements AttributeResult {}

    /**
     * It may be set or not.
     *
     * @param errno {@link Errno#EOPNOTSUPP} where the kernel has no such attributes on cgroups
     * @param detail cgroup, attribute and the kernel's own words, for a person to read
     */
    record Failed(Errno errno, String detail) implements AttributeResult {}
}
