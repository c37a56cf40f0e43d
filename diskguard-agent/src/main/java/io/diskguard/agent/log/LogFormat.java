/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.log;

/** How log lines are written. */
public enum LogFormat {
    /** For a person: time, level, logger, message. */
    TEXT,
    /** One JSON object a line. */
    JSON
}
