/* SPDX-License-Identifier: Apache-2.0 */
/** Limits by load: what was seen, what was decided, what is in force. */
@NullMarked
package io.diskguard.policy.smart;

import org.jspecify.annotations.NullMarked;
