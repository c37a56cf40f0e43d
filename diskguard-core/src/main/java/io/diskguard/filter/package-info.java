/* SPDX-License-Identifier: Apache-2.0 */
/** Which pods and containers are never written. */
@org.jspecify.annotations.NullMarked
package io.diskguard.filter;
