/* SPDX-License-Identifier: Apache-2.0 */
/** What benchmarks find: rows of the budget with their verdicts, kept in files and put into a page. */
@org.jspecify.annotations.NullMarked
package io.diskguard.benchmarks.result;
