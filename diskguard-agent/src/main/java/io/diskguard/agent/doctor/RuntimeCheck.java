/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.doctor;

import io.diskguard.config.RuntimeSettings.Kind;
import io.diskguard.model.ContainerId;
import io.diskguard.model.Pod;
import io.diskguard.runtime.containerd.CriSockets;
import io.diskguard.runtime.docker.DockerGreeting;
import io.diskguard.spi.Environment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Whether the container runtime answers on its socket. */
final class RuntimeCheck implements Check {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final List<String> SCHEMES = List.of("containerd", "cri-o", "docker");
    private static final int NAMES_MAX = 5;

    private record Greeting(String scheme, String socket, boolean answers, String words) {}

    @Override
    public String id() {
        return "container-runtime";
    }

    @Override
    public String name() {
        return "container runtime";
    }

    @Override
    public boolean waits() {
        return true;
    }

    @Override
    public List<Finding> look(Subject node) {
        var kind = node.config().runtime().kind();
        if (kind == Kind.NONE) {
            return List.of(
                    Finding.ok(this, "looked into the configuration", "none is asked (container_runtime: none)"));
        }
        var schemes = kind == Kind.AUTO ? SCHEMES : List.of(scheme(kind));
        var questions = new ArrayList<Supplier<List<Greeting>>>();
        schemes.forEach(scheme -> questions.add(() -> greet(scheme, node.environment())));
        var greetings = SideBySide.ask(questions).stream().flatMap(List::stream).toList();
        var findings = new ArrayList<Finding>();
        greetings.stream()
                .filter(Greeting::answers)
                .forEach(it -> findings.add(Finding.ok(this, "asked " + it.socket() + " who it is", it.words())));
        var pods = node.pods();
        var needed = kind == Kind.AUTO ? needed(pods.orElse(List.of())) : Set.of(scheme(kind));
        var isNone = findings.isEmpty();
        var unused = new ArrayList<String>();
        for (var scheme : schemes) {
            var mine =
                    greetings.stream().filter(it -> it.scheme().equals(scheme)).toList();
            if (mine.stream().anyMatch(Greeting::answers)) {
                continue;
            }
            if (needed.contains(scheme)) {
                findings.add(missing(scheme, mine, pods.orElse(List.of())));
            } else {
                mine.forEach(it -> unused.add(it.words()));
            }
        }
        // A configured socket is one runtime's: what the others find there is of no interest
        if (!unused.isEmpty()
                && (findings.isEmpty()
                        || node.environment().setting("container_socket_path").isEmpty())) {
            findings.add(rest(node, isNone && needed.isEmpty(), unused));
        }
        return findings;
    }

    private Finding rest(Subject node, boolean isNone, List<String> words) {
        var tried = "looked for other runtimes' sockets";
        var found = String.join("\n", words);
        if (!isNone) {
            return Finding.ok(this, tried, "none is needed here\n" + found);
        }
        return node.config().kubernetes().nodeName().isPresent()
                ? Finding.wrong(this, "looked for a runtime's socket", found, advice())
                : Finding.note(this, "looked for a runtime's socket", found, advice());
    }

    private Finding missing(String scheme, List<Greeting> mine, List<Pod> pods) {
        var names = new TreeSet<String>();
        var containers = 0;
        for (var pod : pods) {
            var ids = pod.containers().stream()
                    .flatMap(container -> container.id().stream())
                    .map(ContainerId::scheme)
                    .filter(scheme::equals)
                    .count();
            containers += (int) ids;
            if (ids > 0) {
                names.add(pod.fullName());
            }
        }
        var whose = names.isEmpty()
                ? ""
                : "\nit has " + containers + " containers of this node's pods: "
                        + String.join(", ", names.stream().limit(NAMES_MAX).toList())
                        + (names.size() > NAMES_MAX ? " and " + (names.size() - NAMES_MAX) + " more pods" : "");
        return Finding.wrong(
                this,
                "asked " + scheme + " for its version",
                String.join("\n", mine.stream().map(Greeting::words).toList()) + whose,
                advice());
    }

    private static String advice() {
        return "mount the directory of the runtime's socket (hostPath), and set container_socket_path where it is not"
                + " at the usual place; does the runtime run? Without it a new container is named only by its pod's"
                + " status, seconds later: until then containers of pods whose limits differ by container, or of which"
                + " one is excluded, have no limit";
    }

    private static Set<String> needed(List<Pod> pods) {
        var schemes = new LinkedHashSet<String>();
        pods.forEach(pod -> pod.containers()
                .forEach(container -> container.id().map(ContainerId::scheme).ifPresent(schemes::add)));
        return schemes;
    }

    private static List<Greeting> greet(String scheme, Environment environment) {
        if (scheme.equals("docker")) {
            var docker = DockerGreeting.of(environment, PATIENCE);
            return List.of(new Greeting(scheme, docker.socket(), docker.answers(), docker.words()));
        }
        return CriSockets.greet(scheme, environment, PATIENCE).stream()
                .map(it -> new Greeting(scheme, it.socket(), it.answers(), it.words()))
                .toList();
    }

    private static String scheme(Kind kind) {
        return switch (kind) {
            case DOCKER -> "docker";
            case CRI_O -> "cri-o";
            default -> "containerd";
        };
    }
}
