/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.simulate;

import java.io.IOException;
import java.io.PrintWriter;

/** Tells what came of a simulation: decisions as they fall, then the rest. Used by one thread. */
public abstract sealed class Report permits TextReport, JsonReport {
    Report() {}

    /**
     * For people, with charts.
     *
     * @param width of the terminal
     * @param ascii whether charts are drawn with nothing else
     */
    public static Report text(PrintWriter out, int width, boolean ascii) {
        return new TextReport(out, new Chart(width, ascii));
    }

    /** For programs: one JSON object. */
    public static Report json(PrintWriter out) throws IOException {
        return new JsonReport(out);
    }

    abstract void decided(Told decision) throws IOException;

    abstract void end(Outcome outcome) throws IOException;
}
