/* SPDX-License-Identifier: Apache-2.0 */
/** Whether disks are contended: pressure and disk activity. */
@org.jspecify.annotations.NullMarked
package io.diskguard.cgroup.signal;
