/* SPDX-License-Identifier: Apache-2.0 */
/** Runs the scenarios in a machine. */
@org.jspecify.annotations.NullMarked
package io.diskguard.e2e.scenarios;
