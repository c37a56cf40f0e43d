/* SPDX-License-Identifier: Apache-2.0 */
/** The command line: thin commands over the classes that do the work. */
@org.jspecify.annotations.NullMarked
package io.diskguard.agent.cli;
