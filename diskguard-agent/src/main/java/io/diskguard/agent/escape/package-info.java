/* SPDX-License-Identifier: Apache-2.0 */
/** What can be seen of IO that gets past the limits of a container. */
@NullMarked
package io.diskguard.agent.escape;

import org.jspecify.annotations.NullMarked;
