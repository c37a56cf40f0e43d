/* SPDX-License-Identifier: Apache-2.0 */
/** Pods and their containers in the cgroup tree, as the kubelet lays it out. */
@org.jspecify.annotations.NullMarked
package io.diskguard.cgroup.tree;
