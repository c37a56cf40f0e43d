/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.demo;

import io.diskguard.model.Container;
import io.diskguard.model.ContainerId;
import io.diskguard.model.ContainerKind;
import io.diskguard.model.Pod;
import io.diskguard.model.QosClass;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A pod of the simulated node, with one container. Immutable. */
record DemoPod(String name, ContainerId id) {
    static DemoPod of(String name) {
        return new DemoPod(name, new ContainerId("containerd", (name + "0".repeat(64)).substring(0, 64)));
    }

    Pod with(Map<String, String> annotations) {
        var container = new Container("main", "registry.example/" + name + ":1", ContainerKind.MAIN, Optional.of(id));
        return new Pod(uid(), "shop", name, QosClass.BURSTABLE, Map.of(), annotations, List.of(container));
    }

    String uid() {
        return "uid-" + name;
    }
}
