/* SPDX-License-Identifier: Apache-2.0 */
/** The port to who limits containers by their load. */
@NullMarked
package io.diskguard.policy.limiter;

import org.jspecify.annotations.NullMarked;
