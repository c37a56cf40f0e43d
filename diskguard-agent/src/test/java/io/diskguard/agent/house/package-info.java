/* SPDX-License-Identifier: Apache-2.0 */
/** The rules of the house, held by tests: layers, owners of time and paths, file sizes, documents that must agree. */
@org.jspecify.annotations.NullMarked
package io.diskguard.agent.house;
