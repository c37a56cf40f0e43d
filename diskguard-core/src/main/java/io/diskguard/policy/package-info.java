/* SPDX-License-Identifier: Apache-2.0 */
/** Which limit a container is to have on a disk, and where each of its numbers comes from. */
@org.jspecify.annotations.NullMarked
package io.diskguard.policy;
