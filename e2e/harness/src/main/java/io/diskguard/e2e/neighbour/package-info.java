/* SPDX-License-Identifier: Apache-2.0 */
/** A disk that is as slow as it is told, and what a container feels on it of its neighbour. */
@NullMarked
package io.diskguard.e2e.neighbour;

import org.jspecify.annotations.NullMarked;
