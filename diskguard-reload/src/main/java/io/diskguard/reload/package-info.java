/* SPDX-License-Identifier: Apache-2.0 */
/** Follows the sources of the configuration, puts what is valid in force, and remembers what became of each change. */
@NullMarked
package io.diskguard.reload;

import org.jspecify.annotations.NullMarked;
