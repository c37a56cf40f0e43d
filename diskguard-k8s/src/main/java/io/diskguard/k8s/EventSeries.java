/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.diskguard.spi.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Which events the API server has, so that the same again is counted there, and how many more an object may have: 25 at
 * once and one each five minutes, as the recorder of Kubernetes' own components. Thread-safe.
 */
final class EventSeries {
    static final int BURST = 25;
    static final Duration EARNED_EACH = Duration.ofMinutes(5);

    private static final int MOST = 1000;
    private static final int LONGEST_STEM = 230;

    private final String node;
    private final Ticker ticker;
    private final Map<Happening.Key, Told> told = new Recent<>(MOST);
    private final Map<Subject, TokenBucket> buckets = new Recent<>(MOST);
    private long made;

    EventSeries(String node, Ticker ticker) {
        this.node = node;
        this.ticker = ticker;
    }

    /** One that was told, or is being told, and how often. */
    record Told(String path, String name, int count) {
        ObjectNode again(Happening happening) {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("count", count + 1)
                    .put("lastTimestamp", happening.at().toString());
        }
    }

    synchronized boolean admits(Subject subject) {
        return buckets.computeIfAbsent(subject, key -> new TokenBucket(BURST, EARNED_EACH, ticker))
                .take();
    }

    synchronized Optional<Told> of(Happening happening) {
        return Optional.ofNullable(told.get(happening.key()));
    }

    /** The event to make, with a name of its own. */
    synchronized ObjectNode begin(Happening happening) {
        var name = name(happening);
        told.put(happening.key(), new Told(happening.path() + "/" + name, name, 0));
        return event(happening, name);
    }

    synchronized void told(Happening happening) {
        told.computeIfPresent(
                happening.key(), (key, before) -> new Told(before.path(), before.name(), before.count() + 1));
    }

    synchronized void forget(Happening happening) {
        told.remove(happening.key());
    }

    /** As Kubernetes' recorder names them: the object's name and the time, in hexadecimal. */
    private String name(Happening happening) {
        made++;
        var at = happening.at();
        var nanos = Duration.between(Instant.EPOCH, at).toNanos() + made;
        return shortened(happening.subject().name()) + "." + Long.toHexString(nanos);
    }

    /** A name has 253 characters at most, and none but letters and digits before a dot. */
    private static String shortened(String name) {
        return name.length() <= LONGEST_STEM
                ? name
                : name.substring(0, LONGEST_STEM).replaceAll("[-.]+$", "");
    }

    private ObjectNode event(Happening happening, String name) {
        var event =
                JsonNodeFactory.instance.objectNode().put("apiVersion", "v1").put("kind", "Event");
        event.putObject("metadata")
                .put("namespace", happening.subject().eventNamespace())
                .put("name", name);
        happening.subject().writeTo(event.putObject("involvedObject"));
        event.putObject("source").put("component", "diskguard").put("host", node);
        return event.put("type", happening.severity().word())
                .put("reason", happening.reason())
                .put("message", happening.message())
                .put("count", 1)
                .put("firstTimestamp", happening.at().toString())
                .put("lastTimestamp", happening.at().toString())
                .put("reportingComponent", "diskguard")
                .put("reportingInstance", node);
    }
}
