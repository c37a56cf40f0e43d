/* SPDX-License-Identifier: Apache-2.0 */
/** The configuration: keys, sources, validation. */
@org.jspecify.annotations.NullMarked
package io.diskguard.config;
