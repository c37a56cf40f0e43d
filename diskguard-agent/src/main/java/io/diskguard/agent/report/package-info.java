/* SPDX-License-Identifier: Apache-2.0 */
/** Answers of the engine as text for people and as JSON for programs. */
@org.jspecify.annotations.NullMarked
package io.diskguard.agent.report;
