/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.doctor;

import io.diskguard.k8s.Told;
import io.diskguard.model.Pod;
import java.util.List;
import java.util.Set;

/** Whether this node's pods are told, and are those of this node. */
final class PodsCheck implements Check {
    @Override
    public String id() {
        return "pods";
    }

    @Override
    public String name() {
        return "pods";
    }

    @Override
    public Set<String> needs() {
        return Set.of(ApiServerCheck.ID, PermissionsCheck.ID, KubeletCheck.ID);
    }

    @Override
    public boolean waits() {
        return true;
    }

    @Override
    public List<Finding> look(Subject node) {
        if (!(node.cluster() instanceof ClusterAnswers.Asked asked)) {
            return List.of(
                    node.cluster() instanceof ClusterAnswers.NoAccess
                            ? Finding.note(this, "nothing", "there is nobody to ask", "see the API server")
                            : Finding.ok(this, "looked into the configuration", "no cluster is asked for them"));
        }
        var tried = "asked " + asked.teller() + " for the pods of node " + asked.node();
        if (asked.pods() instanceof Told.Unknown<List<Pod>> unknown) {
            return List.of(Finding.wrong(
                    this, tried, unknown.reason(), "no pod is limited that was not limited before; see above"));
        }
        var pods = ((Told.Known<List<Pod>>) asked.pods()).value();
        if (!pods.isEmpty()) {
            var containers =
                    pods.stream().mapToInt(pod -> pod.containers().size()).sum();
            return List.of(Finding.ok(this, tried, pods.size() + " pods with " + containers + " containers"));
        }
        var toDo = "is node_name (NODE_NAME, from spec.nodeName) this node's, as \"kubectl get nodes\" prints it?";
        var here = KubeletCgroups.of(node).pods();
        return List.of(
                here > 0
                        ? Finding.wrong(
                                this, tried, "there is none, but " + here + " pods have cgroups on this node", toDo)
                        : Finding.note(this, tried, "there is none", toDo));
    }
}
