/* SPDX-License-Identifier: Apache-2.0 */
/** How providers of the extension points are found and which of them is chosen. */
@org.jspecify.annotations.NullMarked
package io.diskguard.provider;
