/* SPDX-License-Identifier: Apache-2.0 */
/** What a pod says of its smart limits, in both directions. */
@NullMarked
package io.diskguard.smart.state;

import org.jspecify.annotations.NullMarked;
