/* SPDX-License-Identifier: Apache-2.0 */
/** What goes into the image. */
@NullMarked
package io.diskguard.image;

import org.jspecify.annotations.NullMarked;
