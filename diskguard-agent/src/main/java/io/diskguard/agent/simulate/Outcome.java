/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.simulate;

import java.util.List;

/**
 * What came of a simulation. Immutable but for the ledger.
 *
 * @param what was simulated: {@code the trace of node-1}
 * @param missing rounds that were not recorded
 * @param notes what one has to know to believe it
 */
record Outcome(String what, Ledger ledger, long missing, List<String> notes) {
    Outcome {
        notes = List.copyOf(notes);
    }
}
