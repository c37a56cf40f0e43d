/* SPDX-License-Identifier: Apache-2.0 */
/** Smart limits as text, in marks and in annotations; both directions in one place. */
@NullMarked
package io.diskguard.policy.smart.state;

import org.jspecify.annotations.NullMarked;
