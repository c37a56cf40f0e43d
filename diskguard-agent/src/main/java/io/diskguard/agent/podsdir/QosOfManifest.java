/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.podsdir;

import io.diskguard.model.QosClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A pod's quality of service class: what its status says, else what its resources make it. */
final class QosOfManifest {
    private static final List<String> RESOURCES = List.of("cpu", "memory");

    private QosOfManifest() {}

    static QosClass of(Fields spec, Fields status) throws ManifestException {
        var said = status.text("qosClass");
        if (said.isPresent()) {
            return switch (said.get().toLowerCase(Locale.ROOT)) {
                case "guaranteed" -> QosClass.GUARANTEED;
                case "burstable" -> QosClass.BURSTABLE;
                case "besteffort" -> QosClass.BEST_EFFORT;
                default ->
                    throw new ManifestException(
                            "status.qosClass must be Guaranteed, Burstable or BestEffort, was " + said.get());
            };
        }
        return computed(spec);
    }

    /** As the kubelet computes it ({@code pkg/apis/core/v1/helper/qos}); quantities are compared as they are written. */
    private static QosClass computed(Fields spec) throws ManifestException {
        var containers = new ArrayList<>(spec.objects("containers"));
        containers.addAll(spec.objects("initContainers"));
        var anything = false;
        var guaranteed = true;
        for (var container : containers) {
            var requests = container.object("resources").object("requests");
            var limits = container.object("resources").object("limits");
            for (var resource : RESOURCES) {
                anything |= requests.has(resource) || limits.has(resource);
                guaranteed &= limits.has(resource)
                        && (!requests.has(resource)
                                || requests.node()
                                        .path(resource)
                                        .asText()
                                        .equals(limits.node().path(resource).asText()));
            }
        }
        if (!anything) {
            return QosClass.BEST_EFFORT;
        }
        return guaranteed ? QosClass.GUARANTEED : QosClass.BURSTABLE;
    }
}
