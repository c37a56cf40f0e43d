/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.example.batch;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.ContainerId;
import io.diskguard.model.Pod;
import io.diskguard.spi.CgroupFs;
import io.diskguard.spi.PodCgroups;
import io.diskguard.spi.PodSource;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The node's jobs, from a directory of job files, and where their cgroups are. One thread looks; the rest is thread-safe. */
final class Jobs implements PodSource, PodCgroups {
    private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);

    private final Path directory;
    private final CgroupFs cgroups;
    private final List<Consumer<String>> onChange = new CopyOnWriteArrayList<>();
    private final List<Consumer<String>> onAppeared = new CopyOnWriteArrayList<>();
    private volatile Seen seen = new Seen(Map.of(), new TreeSet<>(), new Snapshot.Unknown("not looked yet"));

    /** @param running names of the jobs whose cgroup is there */
    private record Seen(Map<String, Job> jobs, TreeSet<String> running, Snapshot snapshot) {}

    Jobs(Path directory, CgroupFs cgroups) {
        this.directory = directory;
        this.cgroups = cgroups;
    }

    /** Looks at the directory and the cgroups, and tells what is new. */
    void look() {
        var before = seen;
        var jobs = new TreeMap<String, Job>();
        try {
            read(jobs, before);
        } catch (IOException | DirectoryIteratorException e) {
            // Not a directory without jobs: then every limit would be taken back
            seen = new Seen(before.jobs(), before.running(), new Snapshot.Unknown(directory + ": " + e));
            return;
        }
        var running = new TreeSet<String>();
        jobs.values().stream()
                .filter(job -> cgroups.exists(job.cgroup()))
                .map(Job::name)
                .forEach(running::add);
        seen = new Seen(
                jobs,
                running,
                new Snapshot.Synced(jobs.values().stream().map(Job::asPod).toList()));
        var names = new TreeSet<>(jobs.keySet());
        names.addAll(before.jobs().keySet());
        for (var name : names) {
            if (!Objects.equals(jobs.get(name), before.jobs().get(name))) {
                onChange.forEach(listener -> listener.accept(name));
            } else if (running.contains(name) && !before.running().contains(name)) {
                onAppeared.forEach(listener -> listener.accept(name));
            }
        }
    }

    private void read(Map<String, Job> jobs, Seen before) throws IOException {
        try (var files = Files.newDirectoryStream(directory, "*" + Job.SUFFIX)) {
            for (var file : files) {
                try {
                    var job = Job.read(file);
                    jobs.put(job.name(), job);
                } catch (IOException | IllegalArgumentException e) {
                    // What it was before, if it was: half a file is no reason to let a job loose
                    LOG.warn("{} is left out: {}", file, e.toString());
                    var name = file.getFileName().toString().replace(Job.SUFFIX, "");
                    Optional.ofNullable(before.jobs().get(name)).ifPresent(job -> jobs.put(name, job));
                }
            }
        }
    }

    @Override
    public Snapshot snapshot() {
        return seen.snapshot();
    }

    @Override
    public void onChange(Consumer<String> uid) {
        onChange.add(uid);
    }

    @Override
    public Optional<CgroupPath> find(Pod pod, ContainerId id) {
        return Optional.ofNullable(seen.jobs().get(pod.uid()))
                .filter(job -> job.id().equals(id))
                .map(Job::cgroup)
                .filter(cgroups::exists);
    }

    @Override
    public List<ContainerCgroup> containersOf(Pod pod) {
        return pod.containers().stream()
                .flatMap(container -> container.id().stream())
                .flatMap(id -> find(pod, id).map(at -> new ContainerCgroup(at, id.id())).stream())
                .toList();
    }

    @Override
    public void onAppeared(Consumer<String> cgroupUid) {
        onAppeared.add(cgroupUid);
    }

    @Override
    public void close() {
        onChange.clear();
        onAppeared.clear();
    }
}
