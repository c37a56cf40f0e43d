/* SPDX-License-Identifier: Apache-2.0 */
/** An engine with smart limit whose windows are seconds, that can be stopped at each step of a decision, and what looks at it. */
@NullMarked
package io.diskguard.e2e.smart;

import org.jspecify.annotations.NullMarked;
