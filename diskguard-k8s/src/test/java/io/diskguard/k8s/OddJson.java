/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s;

import java.util.List;
import java.util.Random;

/** Text that is nearly that of pods: fields are missing, null, of a wrong type, unknown, there twice. The same for the same seed. */
final class OddJson {
    private static final List<String> ATOMS = List.of(
            "null",
            "true",
            "false",
            "0",
            "-7",
            "1.50",
            "1e400",
            "12345678901234567890123",
            "\"\"",
            "\" \"",
            "\"7\"",
            "\"null\"",
            "\"磁盘 — ü \\u00e9 \\\" \\n \\ud83d\\ude00\"",
            "{}",
            "[]",
            "[\"x\"]",
            "[null]",
            "[[]]",
            "{\"name\":\"x\"}",
            "{\"a\":{\"b\":[{\"metadata\":null}]}}");

    private final Random random;
    private final int oddness;

    /** @param oddness one in so many values is odd */
    OddJson(long seed, int oddness) {
        this.random = new Random(seed);
        this.oddness = oddness;
    }

    String list() {
        return object(
                field("kind", pick("\"PodList\"", "\"PodList\"", "\"PodList\"", "\"NodeList\"")),
                field("apiVersion", "\"v1\""),
                field(
                        "metadata",
                        object(field("resourceVersion", "\"17\""), field("continue", "\"\""), field("other", odd()))),
                field("items", array(pod(), pod(), pod())));
    }

    String pod() {
        return object(
                field("apiVersion", "\"v1\""),
                field("kind", "\"Pod\""),
                field("metadata", meta()),
                field(
                        "spec",
                        object(
                                field("nodeName", text()),
                                field("containers", array(item(), item())),
                                field("initContainers", array(item())),
                                field("ephemeralContainers", array(item())),
                                field("volumes", array(odd())))),
                field(
                        "status",
                        object(
                                field("phase", text()),
                                field("qosClass", text()),
                                field("conditions", array(odd(), odd())),
                                field("containerStatuses", array(status(), status())),
                                field("initContainerStatuses", array(status())),
                                field("ephemeralContainerStatuses", array(status())))));
    }

    private String meta() {
        return object(
                field("namespace", text()),
                field("name", text()),
                field("uid", text()),
                field("resourceVersion", text()),
                field("labels", texts()),
                field("annotations", texts()),
                field("managedFields", odd()),
                field("ownerReferences", odd()));
    }

    private String item() {
        var mount = object(field("name", text()), field("mountPath", text()), field("devicePath", text()));
        return object(
                field("name", text()),
                field("image", text()),
                field("restartPolicy", text()),
                field("env", array(odd())),
                field("volumeMounts", array(mount)),
                field("volumeDevices", array(mount)));
    }

    private String status() {
        return object(
                field("name", text()),
                field("containerID", text()),
                field("state", object(field(pick("terminated", "running"), object(field("exitCode", "137"))))));
    }

    private String texts() {
        return object(field("iops-limit/iops", text()), field("other", text()), field("", text()));
    }

    private String text() {
        return pick("\"web\"", "\"data\"", "\"Always\"", "\"containerd://0123\"", "\"/var/lib/data\"");
    }

    private String odd() {
        return ATOMS.get(random.nextInt(ATOMS.size()));
    }

    private boolean isOdd() {
        return random.nextInt(oddness) == 0;
    }

    private String pick(String... of) {
        return of[random.nextInt(of.length)];
    }

    private String array(String... values) {
        for (var i = 0; i < values.length; i++) {
            values[i] = isOdd() ? odd() : values[i];
        }
        return "[" + String.join(",", List.of(values).subList(0, random.nextInt(values.length + 1))) + "]";
    }

    private String field(String name, String value) {
        return "\"" + name + "\":" + (isOdd() ? odd() : value);
    }

    /** In any order. */
    private String object(String... fields) {
        var text = new StringBuilder();
        var order = random.ints(0, fields.length).limit(fields.length + 1L).toArray();
        for (var i = 0; i < fields.length; i++) {
            var chosen = isOdd() ? order[i] : i;
            if (!isOdd()) {
                text.append(text.isEmpty() ? "" : ", ").append(fields[chosen]);
            }
            if (isOdd()) {
                text.append(text.isEmpty() ? "" : ",")
                        .append(field(fields[chosen].split("\"")[1], odd()));
            }
        }
        return "{" + text + "}";
    }
}
