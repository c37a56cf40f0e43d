/* SPDX-License-Identifier: Apache-2.0 */
/** Limits that follow the load: pure decisions, and what is remembered of them. */
@NullMarked
package io.diskguard.policy.smart;

import org.jspecify.annotations.NullMarked;
