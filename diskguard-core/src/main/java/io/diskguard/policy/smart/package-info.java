/* SPDX-License-Identifier: Apache-2.0 */
/** Limits by load as the plan takes them, and the port to who decides them. */
@NullMarked
package io.diskguard.policy.smart;

import org.jspecify.annotations.NullMarked;
