/* SPDX-License-Identifier: Apache-2.0 */
/** Follows a file through whatever replaces it: by file events, and by looking now and then. */
@NullMarked
package io.diskguard.watch;

import org.jspecify.annotations.NullMarked;
