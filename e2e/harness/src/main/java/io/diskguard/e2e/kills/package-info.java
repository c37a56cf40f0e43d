/* SPDX-License-Identifier: Apache-2.0 */
/** An agent that is killed at any moment, again and again, and proof that no limit is ever wrong because of that. */
@org.jspecify.annotations.NullMarked
package io.diskguard.e2e.kills;
