/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard;

import io.diskguard.model.Disk;
import io.diskguard.model.IoLimit;
import io.diskguard.policy.PolicyChain;
import io.diskguard.policy.limiter.EscapeQuestion;
import io.diskguard.policy.smart.Ineffective;
import io.diskguard.reconcile.Explanation;
import io.diskguard.reconcile.Target;
import io.diskguard.spi.LimitEscapes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Adds to an explanation what is seen now of IO that gets past the limits. */
record ExplainedEscapes(LimitEscapes escapes, Supplier<PolicyChain> policies) {
    Explanation add(Explanation to) {
        var targets = new LinkedHashMap<Target, Map<Disk, IoLimit>>();
        var kernel = new HashMap<Disk, IoLimit>();
        var found = new ArrayList<Ineffective>();
        for (var row : to.rows()) {
            var limits = targets.computeIfAbsent(row.target(), none -> new HashMap<>());
            var limit = row.kernel()
                    .filter(has -> !has.isUnlimited())
                    .orElse(row.decision().limit());
            if (!limit.isUnlimited()) {
                limits.put(row.use().disk(), limit);
            }
        }
        var host = escapes.look();
        for (var target : targets.entrySet()) {
            var of = target.getKey();
            kernel.clear();
            to.rows().forEach(row -> {
                if (row.target().equals(of)) {
                    kernel.put(row.use().disk(), row.kernel().orElse(IoLimit.UNLIMITED));
                }
            });
            var question = of.container().isEmpty()
                    ? Optional.<LimitEscapes.Asked>empty()
                    : EscapeQuestion.of(policies.get(), of.pod(), of.container().get(), of.cgroup(), target.getValue());
            if (question.isPresent()) {
                for (var escape : host.of(question.get())) {
                    Ineffective.of(
                                    question.get(),
                                    escape,
                                    disk -> kernel.getOrDefault(disk, IoLimit.UNLIMITED),
                                    Optional.empty())
                            .ifPresent(found::add);
                }
            }
        }
        return new Explanation(to.pod(), to.rows(), to.problems(), found, to.notes(), to.decisions());
    }
}
