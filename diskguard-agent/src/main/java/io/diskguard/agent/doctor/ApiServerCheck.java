/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.doctor;

import io.diskguard.k8s.ClusterInspection.Server;
import io.diskguard.k8s.Told;
import java.time.Duration;
import java.util.List;

/** Whether the API server answers, and takes this agent's credentials. */
final class ApiServerCheck implements Check {
    static final String ID = "api-server";
    private static final Duration SKEW = Duration.ofSeconds(30);

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String name() {
        return "API server";
    }

    @Override
    public boolean waits() {
        return true;
    }

    @Override
    public List<Finding> look(Subject node) {
        var cluster = node.cluster();
        if (cluster instanceof ClusterAnswers.NotUsed) {
            return List.of(
                    Finding.ok(
                            this,
                            "looked into the configuration",
                            "none is used: node_name (NODE_NAME) is not set; run then needs --pods-dir or container_runtime: docker"));
        }
        if (cluster instanceof ClusterAnswers.NoAccess no) {
            return List.of(Finding.wrong(
                    this,
                    "looked for the address and the credentials",
                    no.reason(),
                    "in a pod mount the service account's token (the manifests project one); outside set"
                            + " kubeconfig_path"));
        }
        var asked = (ClusterAnswers.Asked) cluster;
        var tried = "asked " + asked.where() + " for its version";
        if (asked.server() instanceof Told.Known<Server> known) {
            return List.of(reached(tried, asked, known.value()));
        }
        var reason = ((Told.Unknown<Server>) asked.server()).reason();
        return List.of(Finding.wrong(this, tried, reason, advice(reason)));
    }

    private Finding reached(String tried, ClusterAnswers.Asked asked, Server server) {
        var words = "it answers"
                + server.version().map(it -> ", Kubernetes " + it).orElse("")
                + asked.user().map(it -> "; this agent is " + it + " to it").orElse("");
        var ahead = server.ahead().filter(it -> it.abs().compareTo(SKEW) > 0);
        if (ahead.isPresent()) {
            return Finding.note(
                    this,
                    tried,
                    words + "; its clock is " + ahead.get().abs().toSeconds() + " s "
                            + (ahead.get().isNegative() ? "behind" : "ahead of") + " this node's",
                    "have both follow a time server (chrony): tokens and certificates are not valid yet, or no longer,"
                            + " where clocks differ");
        }
        return Finding.ok(this, tried, words);
    }

    private static String advice(String reason) {
        if (reason.contains("401")) {
            return "have the pod's token renewed (delete the pod), or the user's in the kubeconfig; is it of this"
                    + " cluster?";
        }
        if (reason.contains("TLS")) {
            return "use the CA and the address of this cluster's kubeconfig; with a service account look at"
                    + " KUBERNETES_SERVICE_HOST";
        }
        return "see whether the API server runs, and whether this node reaches it: address, network policy, firewall,"
                + " kube-proxy. Limits that are set stay meanwhile";
    }
}
