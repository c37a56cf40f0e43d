/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.cgroup.tree;

import io.diskguard.model.CgroupPath;
import io.diskguard.spi.CgroupFs;
import io.diskguard.spi.CgroupWatch;
import io.diskguard.spi.CgroupWatch.Event;
import io.diskguard.spi.Errno;
import io.diskguard.spi.FsResult;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports container cgroups as they appear: watches the pods' cgroups and those above them. Each cgroup is watched first
 * and listed then, so that nothing can appear unseen in between. Where the kernel gives no (further) watch,
 * {@link #polling} tells, and {@link KubepodsTree} scans instead. {@link #turn} is called by one thread, the others are
 * thread-safe.
 */
public final class CgroupTreeWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CgroupTreeWatch.class);
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int DEPTH_MAX = 6;

    private final CgroupFs fs;
    private final KubepodsTree tree;
    private final List<CgroupPath> roots;
    private final Optional<CgroupWatch> kernel;
    private volatile boolean polling;
    private volatile boolean broken;
    private volatile boolean closed;

    CgroupTreeWatch(CgroupFs fs, KubepodsTree tree, Collection<CgroupPath> roots) {
        this(fs, tree, roots, fs.openWatch());
    }

    CgroupTreeWatch(CgroupFs fs, KubepodsTree tree, Collection<CgroupPath> roots, Optional<CgroupWatch> kernel) {
        this.fs = fs;
        this.tree = tree;
        this.roots = List.copyOf(roots);
        this.kernel = kernel;
    }

    /** Watches what is there, and reports the containers in it. */
    void open() {
        if (kernel.isEmpty()) {
            poll("no inotify instance to be had for " + fs.mountPoint());
        } else {
            visit(CgroupPath.ROOT);
        }
    }

    /** Whether the kernel refused a watch, so that cgroups may appear unreported. */
    public boolean polling() {
        return polling;
    }

    /** Takes events on a thread of its own until closed. */
    public void start(ThreadFactory threads) {
        if (kernel.isPresent()) {
            threads.newThread(this::run).start();
        }
    }

    private void run() {
        try {
            while (!closed && !broken) {
                turn(PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes one event, waiting at most that long, and acts on it; false if none came. */
    public boolean turn(Duration atMost) throws InterruptedException {
        if (kernel.isEmpty() || broken) {
            return false;
        }
        final Optional<Event> event;
        try {
            event = Objects.requireNonNull(kernel.get().take(atMost));
        } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
            // One that fails once fails again: better search than turn in circles
            LOG.error("while waiting for the kernel's next event", e);
            broken = true;
            poll("the watch failed: " + e);
            return false;
        }
        try {
            event.ifPresent(this::act);
        } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
            // A listener's bug must not blind the node
            LOG.error("while acting on {}", event, e);
        }
        return event.isPresent();
    }

    private void act(Event event) {
        tree.changed();
        var cgroup = event.cgroup();
        var uid = KubepodsPaths.podUid(cgroup);
        if (event instanceof Event.Appeared) {
            appeared(cgroup, uid);
        } else if (fs.exists(cgroup)) {
            // Overflow; or gone and already there again
            uid.ifPresentOrElse(pod -> pod(cgroup, pod), () -> visit(cgroup));
        } else {
            uid.ifPresent(pod -> tree.lost(cgroup, pod));
        }
    }

    private void appeared(CgroupPath cgroup, Optional<String> uid) {
        var inPod = cgroup.parent().flatMap(KubepodsPaths::podUid);
        if (inPod.isPresent()) {
            KubepodsPaths.containerId(cgroup.name()).ifPresent(id -> tree.appeared(inPod.get()));
        } else if (uid.isPresent()) {
            pod(cgroup, uid.get());
        } else if (mayLeadToPods(cgroup)) {
            visit(cgroup);
        }
    }

    private void visit(CgroupPath from) {
        new TreeScan(fs, new TreeScan.Visitor() {
                    @Override
                    public void directory(CgroupPath cgroup) {
                        if (mayLeadToPods(cgroup)) {
                            watch(cgroup);
                        }
                    }

                    @Override
                    public void pod(CgroupPath cgroup, String uid) {
                        CgroupTreeWatch.this.pod(cgroup, uid);
                    }
                })
                .run(from);
    }

    private void pod(CgroupPath cgroup, String uid) {
        watch(cgroup);
        tree.saw(cgroup, uid);
        if (fs.children(cgroup).stream().map(KubepodsPaths::containerId).anyMatch(Optional::isPresent)) {
            tree.appeared(uid);
        }
    }

    void watch(CgroupPath cgroup) {
        var result = kernel.map(watch -> watch.watch(cgroup)).orElse(FsResult.OK);
        if (result instanceof FsResult.Failed failed
                && failed.errno() != Errno.ENOENT
                && failed.errno() != Errno.ENODEV
                && !closed) {
            poll(failed.detail());
        }
    }

    private void poll(String why) {
        if (!polling) {
            polling = true;
            LOG.warn("container cgroups are searched for instead of being reported by the kernel: {}", why);
        }
    }

    /** Watches are scarce: only what can hold, or come to hold, a kubelet's tree gets one. */
    private boolean mayLeadToPods(CgroupPath cgroup) {
        if (cgroup.isRoot() || roots.stream().anyMatch(root -> root.isWithin(cgroup) || isKubelets(cgroup, root))) {
            return true;
        }
        return cgroup.value().contains("kubepods")
                || TreeScan.depth(cgroup) <= DEPTH_MAX
                        && (cgroup.name().contains("kubelet") || cgroup.name().endsWith(".slice"));
    }

    private static boolean isKubelets(CgroupPath cgroup, CgroupPath root) {
        return cgroup.isWithin(root) && cgroup.name().contains("kube");
    }

    @Override
    public void close() {
        closed = true;
        kernel.ifPresent(CgroupWatch::close);
    }
}
