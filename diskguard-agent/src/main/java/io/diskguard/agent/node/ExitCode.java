/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.node;

/** What the process tells its caller. */
public final class ExitCode {
    public static final int OK = 0;
    /** It was tried and did not succeed. */
    public static final int FAILED = 1;
    /** It was not tried: arguments or configuration are wrong. */
    public static final int USAGE = 2;

    private ExitCode() {}
}
