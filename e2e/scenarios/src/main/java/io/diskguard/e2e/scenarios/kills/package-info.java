/* SPDX-License-Identifier: Apache-2.0 */
/** An agent that dies at any moment, in a part of the hierarchy that only its own pods are in. */
@org.jspecify.annotations.NullMarked
package io.diskguard.e2e.scenarios.kills;
