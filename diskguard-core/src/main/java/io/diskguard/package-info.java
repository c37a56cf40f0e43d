/* SPDX-License-Identifier: Apache-2.0 */
/** The way in: {@link io.diskguard.DiskGuard#builder()}. */
@org.jspecify.annotations.NullMarked
package io.diskguard;
