/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.example.batch;

import io.diskguard.model.CgroupPath;
import io.diskguard.model.Container;
import io.diskguard.model.ContainerId;
import io.diskguard.model.ContainerKind;
import io.diskguard.model.Pod;
import io.diskguard.model.QosClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;

/**
 * A job: to the library a pod with one container. Immutable.
 *
 * @param wishes what its file says besides the cgroup: {@code write-iops=200}
 */
record Job(String name, CgroupPath cgroup, Map<String, String> wishes) {
    static final String PREFIX = "job";
    static final String NAMESPACE = "batch";
    static final String SUFFIX = ".job";

    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    Job {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("no name of a job: " + name);
        }
        wishes = Map.copyOf(wishes);
    }

    /**
     * Reads {@code <name>.job}.
     *
     * @throws IOException if it cannot be read
     * @throws IllegalArgumentException if it is no job
     */
    static Job read(Path file) throws IOException {
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        var name = file.getFileName().toString();
        var wishes = new HashMap<String, String>();
        properties.stringPropertyNames().forEach(key -> wishes.put(key, properties.getProperty(key)));
        var cgroup = new CgroupPath(Optional.ofNullable(wishes.remove("cgroup")).orElse(""));
        return new Job(name.substring(0, name.length() - SUFFIX.length()), cgroup, wishes);
    }

    ContainerId id() {
        return new ContainerId("job", name);
    }

    /** What a job wishes is to the library what a pod's owner annotates; a wrong one costs that wish only. */
    Pod asPod() {
        var annotations = new HashMap<String, String>();
        wishes.forEach((key, value) -> annotations.put(PREFIX + "/" + key, value));
        var container = new Container("main", "", ContainerKind.MAIN, Optional.of(id()));
        return new Pod(name, NAMESPACE, name, QosClass.BEST_EFFORT, Map.of(), annotations, List.of(container));
    }
}
