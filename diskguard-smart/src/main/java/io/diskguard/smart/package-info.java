/* SPDX-License-Identifier: Apache-2.0 */
/** Watches the load of the node's containers, decides by it, and keeps what was decided. */
@NullMarked
package io.diskguard.smart;

import org.jspecify.annotations.NullMarked;
