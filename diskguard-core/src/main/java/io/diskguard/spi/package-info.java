/* SPDX-License-Identifier: Apache-2.0 */
/** The extension points, the ports handed to the builder, and what their signatures need. */
@org.jspecify.annotations.NullMarked
package io.diskguard.spi;
