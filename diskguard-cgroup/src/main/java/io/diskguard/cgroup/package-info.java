/* SPDX-License-Identifier: Apache-2.0 */
/** The host's cgroup hierarchies: where the IO controller lives and access to its control files. */
@org.jspecify.annotations.NullMarked
package io.diskguard.cgroup;
