/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.testkit;

import io.diskguard.model.Container;
import io.diskguard.model.ContainerId;
import io.diskguard.model.ContainerKind;
import io.diskguard.model.DeviceId;
import io.diskguard.model.Disk;
import io.diskguard.model.DiskUse;
import io.diskguard.model.MountRef;
import io.diskguard.model.Pod;
import io.diskguard.model.QosClass;
import io.diskguard.spi.LimitPolicy.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Pods that nobody expects and that anybody may write; each call builds them anew, equal and not the same. */
final class Strange {
    private static final List<String> KEYS = List.of(
            "iops-limit/read-iops",
            "iops-limit/write-iops",
            "iops-limit/iops",
            "iops-limit/read-bps",
            "iops-limit/write-bps",
            "iops-limit/bps",
            "iops-limit/removed",
            "iops-limit/policy",
            "kubediskguard.io/iops",
            "io-limit/bps",
            "nvme-iops",
            "",
            "/",
            "iops-limit/",
            "iops-limit//iops");
    private static final List<String> VALUES = List.of(
            "",
            " ",
            "0",
            "1",
            "100",
            "2k",
            "10MiB",
            "-1",
            "1.5",
            "abc",
            "1e400",
            "99999999999999999999999",
            "4294967296",
            "٣",
            "true",
            "\0",
            "\ud800",
            "a\nb: c",
            "[".repeat(2000),
            "a: &a [*a, *a]",
            "{\"rules\":[{\"container\":null}]}",
            "x".repeat(100_000));

    private Strange() {}

    static List<Subject> subjects() {
        var all = new ArrayList<Subject>();
        for (var pod : pods()) {
            all.add(new Subject(pod, Optional.empty(), guarded()));
            for (var container : pod.containers()) {
                all.add(new Subject(pod, Optional.of(container), guarded()));
                all.add(new Subject(pod, Optional.of(container), named()));
            }
        }
        return all;
    }

    private static List<Pod> pods() {
        var pods = new ArrayList<Pod>();
        pods.add(Pods.pod("no-containers").build());
        pods.add(Pods.pod("plain").container("app").build());
        pods.add(Pods.pod("not-made-yet").waitingContainer("app").build());
        pods.add(Pods.pod("数据库-🦆")
                .label("größe", "ünï\u0000çøde")
                .waitingContainer("名前")
                .build());
        for (var kind : ContainerKind.values()) {
            for (var qos : QosClass.values()) {
                pods.add(Pods.pod("each").qos(qos).container("app", kind).build());
            }
        }
        for (var value : VALUES) {
            var annotations = new TreeMap<String, String>();
            KEYS.forEach(key -> annotations.put(key, value));
            pods.add(annotated(annotations));
        }
        KEYS.forEach(key -> pods.add(annotated(Map.of(key, "200"))));
        return pods;
    }

    private static Pod annotated(Map<String, String> annotations) {
        var container = new Container(
                "app",
                "",
                ContainerKind.MAIN,
                Optional.of(new ContainerId("containerd", "0123456789abcdef".repeat(4))),
                List.of(new MountRef("data", "/data", false), new MountRef("raw", "/dev/raw", true)));
        return new Pod("u", "default", "annotated", QosClass.BURSTABLE, Map.of(), annotations, List.of(container));
    }

    private static DiskUse guarded() {
        return DiskUse.guarded(new Disk(new DeviceId(259, 0), "nvme0n1"));
    }

    private static DiskUse named() {
        return new DiskUse(new Disk(new DeviceId(253, 3), "dm-3"), false, Set.of("data", "raw"), true);
    }
}
