/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.cli;

/** How data is written to standard output. */
enum OutputFormat {
    TEXT,
    JSON
}
