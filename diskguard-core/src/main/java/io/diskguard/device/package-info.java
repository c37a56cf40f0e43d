/* SPDX-License-Identifier: Apache-2.0 */
/** From a mount or a device name to the disk that the kernel can limit. */
@org.jspecify.annotations.NullMarked
package io.diskguard.device;
