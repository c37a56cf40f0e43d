/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.doctor;

import io.diskguard.agent.doctor.ClusterAnswers.Right;
import io.diskguard.k8s.ClusterInspection.Review;
import io.diskguard.k8s.Told;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Whether the cluster permits this agent what it does there. */
final class PermissionsCheck implements Check {
    static final String ID = "permissions";

    /** As the manifests give them, by resource. */
    static final String PODS = "verbs: [get, list, watch, patch]";

    static final String EVENTS = "verbs: [create, patch]";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String name() {
        return "permissions";
    }

    @Override
    public Set<String> needs() {
        return Set.of(ApiServerCheck.ID);
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
                            ? Finding.note(this, "nothing", "there is no API server to ask", "see the API server")
                            : Finding.ok(this, "looked into the configuration", "no API server is used"));
        }
        var findings = new ArrayList<Finding>();
        var granted = new ArrayList<String>();
        asked.rights().forEach((right, answer) -> {
            if (answer instanceof Told.Known<Review> known && known.value().allowed()) {
                granted.add(right.toString());
            } else {
                findings.add(trouble(node, asked, right, answer));
            }
        });
        if (findings.isEmpty() && granted.isEmpty()) {
            return List.of(Finding.note(this, "nothing", "the API server does not answer", "see the API server"));
        }
        if (!granted.isEmpty()) {
            findings.add(0, Finding.ok(this, tried(), "it may " + String.join(", ", granted)));
        }
        return findings;
    }

    private static String tried() {
        return "asked the API server what this agent may do (SelfSubjectAccessReview)";
    }

    private Finding trouble(Subject node, ClusterAnswers.Asked asked, Right right, Told<Review> answer) {
        if (answer instanceof Told.Unknown<Review> unknown) {
            return Finding.note(
                    this,
                    tried(),
                    "whether it may " + right + " is not known: " + unknown.reason(),
                    "every authenticated user may ask by the ClusterRole system:basic-user: was its binding removed?");
        }
        var review = ((Told.Known<Review>) answer).value();
        var found = asked.user().orElse("this agent's user") + " may not " + right + " in all namespaces"
                + (review.reason().isEmpty() ? "" : " (" + review.reason() + ")") + ": "
                + loss(node, right);
        return isNeeded(node, right)
                ? Finding.wrong(this, tried(), found, advice(right))
                : Finding.note(this, tried(), found, advice(right));
    }

    private static boolean isNeeded(Subject node, Right right) {
        return right.resource().equals("pods")
                && (!right.verb().equals("patch") || node.config().smart().enabled());
    }

    private static String loss(Subject node, Right right) {
        if (right.resource().equals("events")) {
            return right.verb().equals("create")
                    ? "pods' owners see no event of what is done to them"
                    : "an event that comes again is not counted up";
        }
        if (!right.verb().equals("patch")) {
            return "without it no pod is known and none is limited";
        }
        return node.config().smart().enabled()
                ? "the state of smart limit cannot be kept in the pods' annotations, and a restart loses it"
                : "only smart limit needs it, which is off";
    }

    private static String advice(Right right) {
        return "the ClusterRole that the agent's service account is bound to (diskguard, in"
                + " deploy/manifests/diskguard.yaml) has to have: {apiGroups: [\"\"], resources: [" + right.resource()
                + "], " + (right.resource().equals("pods") ? PODS : EVENTS)
                + "}; is there the ClusterRoleBinding to it, and is its subject that service account?";
    }
}
