/* SPDX-License-Identifier: Apache-2.0 */
/** The agent's process on this kernel, with pods from a directory of manifests: what it limits, and how it lives and dies. */
@org.jspecify.annotations.NullMarked
package io.diskguard.e2e.scenarios.agent;
