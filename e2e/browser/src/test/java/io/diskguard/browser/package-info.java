/* SPDX-License-Identifier: Apache-2.0 */
/** The status page as a person meets it: in a browser. */
@org.jspecify.annotations.NullMarked
package io.diskguard.browser;
