/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.benchmarks.loop;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What {@link Turns} found, as JMH takes it from an iteration: it may be a parameter of one method only. Public for JMH. */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class Ratio {
    public double ratio;
}
