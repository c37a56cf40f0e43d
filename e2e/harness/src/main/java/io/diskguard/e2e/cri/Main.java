/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.cri;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * The kubelet's hands for a script: takes a command a line from its input, the words apart by tabs, and answers each with a
 * line {@code ok …} or {@code error …}. Its arguments are the runtime's socket and the API server's directory.
 *
 * <pre>
 * version
 * run       namespace name uid cgroup-parent          the sandbox' id
 * create    sandbox name image places command...      the container's id; places apart by commas, or -
 * start     container
 * timed     container file major:minor                starts it; microseconds until its cgroup's file has a rule
 * first     container counters file rule [namespace name pod]
 *                                                     starts it; how many writes its disk does in its first second; with a pod,
 *                                                     of which the API server hears then, also microseconds from the first to the rule
 * stop      container
 * remove    container
 * removepod sandbox
 * put       namespace name pod                        tells the API server, as JSON on one line
 * delete    namespace name
 * deny      verb resource                             the agent may not; permit: it may again
 * </pre>
 */
public final class Main {
    private final Runtime runtime;
    private final Cluster cluster;

    private Main(Runtime runtime, Cluster cluster) {
        this.runtime = runtime;
        this.cluster = cluster;
    }

    public static void main(String[] arguments) throws IOException, GeneralSecurityException {
        try (var runtime = new Runtime(Path.of(arguments[0]));
                var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            var main = new Main(runtime, new Cluster(Path.of(arguments[1])));
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                System.out.println(main.answer(List.of(line.split("\t"))));
            }
        }
    }

    private String answer(List<String> words) {
        try {
            return "ok " + act(words);
        } catch (IOException | RuntimeException | ExecutionException e) {
            return "error " + words + ": " + String.valueOf(e).replace('\n', ' ');
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "error interrupted";
        }
    }

    private String act(List<String> words) throws IOException, ExecutionException, InterruptedException {
        switch (words.get(0)) {
            case "version":
                return runtime.version();
            case "run":
                return runtime.runPod(words.get(1), words.get(2), words.get(3), words.get(4));
            case "create":
                var places = words.get(4).equals("-")
                        ? List.<String>of()
                        : Arrays.asList(words.get(4).split(","));
                return runtime.create(words.get(1), words.get(2), words.get(3), places, words.subList(5, words.size()));
            case "timed":
                return timed(words.get(1), new Gap(Path.of(words.get(2)), words.get(3)));
            case "first":
                var looks = new Looks(Path.of(words.get(2)), Path.of(words.get(3)), words.get(4));
                return first(words.get(1), looks, words.subList(5, words.size()));
            case "start":
                runtime.start(words.get(1));
                break;
            case "stop":
                runtime.stop(words.get(1));
                break;
            case "remove":
                runtime.remove(words.get(1));
                break;
            case "removepod":
                runtime.removePod(words.get(1));
                break;
            case "put":
                cluster.put(words.get(1), words.get(2), words.get(3));
                break;
            case "annotation":
                return cluster.annotation(words.get(1), words.get(2), words.get(3));
            case "deny", "permit":
                cluster.right(words.get(0), words.get(1), words.get(2));
                break;
            case "delete":
                cluster.delete(words.get(1), words.get(2));
                break;
            default:
                throw new IllegalArgumentException("no such command");
        }
        return "";
    }

    private String timed(String container, Gap gap) throws ExecutionException, InterruptedException {
        return startedBeside(container, gap).toString();
    }

    private String first(String container, Looks looks, List<String> pod)
            throws IOException, ExecutionException, InterruptedException {
        var second = looks.begin();
        startedBeside(container, () -> {
            looks.until(FirstSecond::isOver, second);
            return second;
        });
        var writes = second.writes().orElseThrow();
        if (pod.isEmpty()) {
            return "" + writes;
        }
        // A kubelet looks at its containers once a second: it says that one runs about now
        cluster.put(pod.get(0), pod.get(1), pod.get(2));
        looks.until(FirstSecond::isLimited, second);
        return writes + " " + second.microsToLimit().orElseThrow();
    }

    private <T> T startedBeside(String container, Callable<T> measurement)
            throws ExecutionException, InterruptedException {
        var measured = new FutureTask<>(measurement);
        var thread = new Thread(measured, "measurement");
        thread.setDaemon(true);
        thread.start();
        runtime.start(container);
        return measured.get();
    }
}
