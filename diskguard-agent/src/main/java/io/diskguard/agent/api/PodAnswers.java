/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.api;

import io.diskguard.DiskGuard;
import io.diskguard.agent.report.ExplanationText;
import io.diskguard.policy.smart.Recorded;
import io.diskguard.policy.smart.SmartLimit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Locale;

/** {@code explain} and {@code decisions}: why limits are what they are. Thread-safe. */
final class PodAnswers {
    private static final int ASKING = 8;

    private final DiskGuard guard;
    private final Turnstile turnstile = new Turnstile(ASKING);

    PodAnswers(DiskGuard guard) {
        this.guard = guard;
    }

    /** Looks at the pod's cgroups and mounts, one pod at a time: whoever asks may not keep the node busy. */
    Reply explain(String namespace, String pod) throws Refused {
        return turnstile.pass(() -> explained(namespace, pod));
    }

    private Reply explained(String namespace, String pod) throws Refused {
        var explanation = guard.explain(namespace, pod);
        if (explanation.isEmpty()) {
            throw Refused.missing(
                    "there is no pod " + Refused.shown(namespace) + "/" + Refused.shown(pod) + " on this node");
        }
        return Reply.raw(new ExplanationText(explanation.get()).json().strip());
    }

    Reply decisions(Query query) throws Refused {
        var namespace = query.name("namespace");
        var pod = query.name("pod");
        var found = new ArrayList<>(guard.decisions().stream()
                .filter(it -> namespace.map(it.pod().namespace()::equals).orElse(true)
                        && pod.map(it.pod().name()::contains).orElse(true))
                .toList());
        Collections.reverse(found);
        return Reply.many(found, query.limit(), PodAnswers::decision);
    }

    private static void decision(Json json, Recorded recorded) throws IOException {
        var it = recorded.decision();
        json.put("at", it.at())
                .put("mode", word(recorded.mode()))
                .put("kind", word(it.kind()))
                .put("namespace", recorded.pod().namespace())
                .put("pod_name", recorded.pod().name())
                .put("container", it.container().name())
                .put("device", it.disk().name());
        var window = it.after().or(it::before).map(SmartLimit::window);
        if (window.isPresent()) {
            json.put("window", window.get());
        }
        json.put("reason", it.reason());
        if (it.before().isPresent()) {
            json.put("before", it.before().get().rates());
        }
        if (it.after().isPresent()) {
            json.put("after", it.after().get().rates());
        }
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
