/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.trace;

/** The words of a trace; {@link TraceEncoder} says what they mean. */
final class Line {
    static final int VERSION = 1;

    /** No line is longer, in bytes; a round of 30,000 containers is shorter. */
    static final int LONGEST = 2 << 20;

    static final String TYPE = "t";
    static final String HEAD = "head";
    static final String POD = "pod";
    static final String CONTAINER = "c";
    static final String DISK = "disk";
    static final String ROUND = "r";
    static final String GAP = "gap";

    /** What every file begins with. */
    static final String BEGINNING = "{\"" + TYPE + "\":\"" + HEAD + "\"";

    private Line() {}
}
