/* SPDX-License-Identifier: Apache-2.0 */
/** Plan (pure), then act: what has to change in the kernel, doing it, proving it, and the loop that keeps it so. */
@org.jspecify.annotations.NullMarked
package io.diskguard.reconcile;
