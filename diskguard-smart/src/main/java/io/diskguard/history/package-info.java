/* SPDX-License-Identifier: Apache-2.0 */
/** What containers did on disks, for as long as windows look back: counters in, rates out. */
@NullMarked
package io.diskguard.history;

import org.jspecify.annotations.NullMarked;
