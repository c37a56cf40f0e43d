/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.doctor;

import io.diskguard.config.GuardConfig;
import io.diskguard.config.KubernetesSettings.PodOrigin;
import io.diskguard.k8s.ClusterInspection;
import io.diskguard.k8s.ClusterInspection.Review;
import io.diskguard.k8s.ClusterInspection.Server;
import io.diskguard.k8s.KubernetesAccessException;
import io.diskguard.k8s.Told;
import io.diskguard.k8s.kubelet.KubeletInspection;
import io.diskguard.model.Pod;
import io.diskguard.spi.Environment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What the cluster says of itself and of this agent, asked once. Immutable. */
sealed interface ClusterAnswers {
    Duration PATIENCE = Duration.ofSeconds(3);

    /** What may be asked for. */
    record Right(String verb, String resource) {
        @Override
        public String toString() {
            return verb + " " + resource;
        }
    }

    /** No Kubernetes is configured. */
    record NotUsed() implements ClusterAnswers {}

    /** It is not known where it is, or who this process is to it. */
    record NoAccess(String reason) implements ClusterAnswers {}

    /**
     * It was asked. Where the API server does not answer, it was not asked for more.
     *
     * @param teller who is to tell the pods
     * @param user who this agent is to it
     */
    record Asked(
            String where,
            String node,
            Told<Server> server,
            String teller,
            Told<List<Pod>> pods,
            Map<Right, Told<Review>> rights,
            Optional<String> user)
            implements ClusterAnswers {}

    static ClusterAnswers of(GuardConfig config, Environment environment) {
        var node = config.kubernetes().nodeName();
        if (node.isEmpty()) {
            return new NotUsed();
        }
        try (var cluster = ClusterInspection.open(config.kubernetes(), environment, PATIENCE)) {
            return of(config, node.get(), cluster);
        } catch (KubernetesAccessException e) {
            return new NoAccess(String.valueOf(e.getMessage()));
        }
    }

    private static ClusterAnswers of(GuardConfig config, String node, ClusterInspection cluster) {
        var fromKubelet = config.kubernetes().podSource() == PodOrigin.KUBELET;
        var kubelet = SideBySide.start(() -> fromKubelet
                ? ofKubelet(config, node)
                : new Told.Unknown<List<Pod>>("the kubelet is not asked for pods"));
        var server = cluster.server();
        var isThere = server instanceof Told.Known<Server>;
        var rights = isThere ? rights(fromKubelet, cluster) : Map.<Right, Told<Review>>of();
        var user = isThere ? cluster.user() : Optional.<String>empty();
        Told<List<Pod>> pods;
        if (fromKubelet) {
            pods = SideBySide.get(kubelet);
        } else if (server instanceof Told.Unknown<Server> no) {
            pods = new Told.Unknown<>(no.reason());
        } else {
            pods = cluster.pods(node);
        }
        var teller = fromKubelet ? "the kubelet" : "the API server";
        return new Asked(cluster.where(), node, server, teller, pods, rights, user);
    }

    private static Told<List<Pod>> ofKubelet(GuardConfig config, String node) {
        try (var kubelet = KubeletInspection.open(config.kubernetes().kubelet(), PATIENCE)) {
            return kubelet.pods(node);
        }
    }

    private static Map<Right, Told<Review>> rights(boolean fromKubelet, ClusterInspection cluster) {
        var rights = new ArrayList<Right>();
        if (!fromKubelet) {
            rights.add(new Right("list", "pods"));
            rights.add(new Right("watch", "pods"));
        }
        rights.add(new Right("patch", "pods"));
        rights.add(new Right("create", "events"));
        rights.add(new Right("patch", "events"));
        var questions = new ArrayList<Supplier<Told<Review>>>();
        rights.forEach(right -> questions.add(() -> cluster.may(right.verb(), right.resource())));
        var answers = SideBySide.ask(questions);
        var found = new LinkedHashMap<Right, Told<Review>>();
        for (var i = 0; i < rights.size(); i++) {
            found.put(rights.get(i), answers.get(i));
        }
        return found;
    }
}
