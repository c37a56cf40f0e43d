/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reload.faults;

import io.diskguard.testkit.fault.Fault;
import java.util.function.Function;

/**
 * One thing that can go wrong with an operation.
 *
 * @param told whether somebody has to be told of it
 * @param fault made anew for each scene
 */
record Trouble(String name, boolean told, Function<Scene, Fault> fault) {
    static Trouble of(String name, Fault fault) {
        return new Trouble(name, false, scene -> fault);
    }

    static Trouble told(String name, Fault fault) {
        return new Trouble(name, true, scene -> fault);
    }

    @Override
    public String toString() {
        return name;
    }
}
