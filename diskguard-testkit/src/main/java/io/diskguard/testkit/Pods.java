/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.testkit;

import io.diskguard.model.Container;
import io.diskguard.model.ContainerId;
import io.diskguard.model.ContainerKind;
import io.diskguard.model.Pod;
import io.diskguard.model.QosClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Builds pods for tests: burstable, in namespace {@code default}, with a uid made of its name, and without containers
 * until some are added. Not thread-safe.
 */
public final class Pods {
    private final String name;
    private final Map<String, String> labels = new TreeMap<>();
    private final Map<String, String> annotations = new TreeMap<>();
    private final List<Container> containers = new ArrayList<>();
    private String namespace = "default";
    private String uid;
    private QosClass qosClass = QosClass.BURSTABLE;

    private Pods(String name) {
        this.name = name;
        this.uid = "uid-" + name;
    }

    /** Starts a pod of that name. */
    public static Pods pod(String name) {
        return new Pods(name);
    }

    /** The id that {@link #container(String)} gives a container of the pod: {@code containerd://<pod>-<container>}. */
    public static ContainerId idOf(String pod, String container) {
        return new ContainerId("containerd", pod + "-" + container);
    }

    public Pods uid(String value) {
        uid = value;
        return this;
    }

    public Pods namespace(String value) {
        namespace = value;
        return this;
    }

    public Pods qos(QosClass value) {
        qosClass = value;
        return this;
    }

    public Pods label(String key, String value) {
        labels.put(key, value);
        return this;
    }

    public Pods annotation(String key, String value) {
        annotations.put(key, value);
        return this;
    }

    /** Adds a main container that runs, image {@code registry.example/<name>:1}. */
    public Pods container(String container) {
        return container(container, ContainerKind.MAIN);
    }

    /** Adds a container of that kind that runs. */
    public Pods container(String container, ContainerKind kind) {
        return container(new Container(container, image(container), kind, Optional.of(idOf(name, container))));
    }

    /** Adds a main container that the runtime has not made yet. */
    public Pods waitingContainer(String container) {
        return container(new Container(container, image(container), ContainerKind.MAIN, Optional.empty()));
    }

    public Pods container(Container container) {
        containers.add(container);
        return this;
    }

    public Pod build() {
        return new Pod(uid, namespace, name, qosClass, labels, annotations, containers);
    }

    private static String image(String container) {
        return "registry.example/" + container + ":1";
    }
}
