/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.kills;

import io.diskguard.e2e.apiserver.PodTemplate;
import io.diskguard.e2e.churn.Server;

/** Pods of an API server. */
record ServerBook(Server server) implements PodBook {
    @Override
    public void create(PodTemplate pod) {
        server.create(pod, pod.toJson());
    }

    @Override
    public void createPending(PodTemplate pod) {
        server.createPending(pod);
    }

    @Override
    public void edit(PodTemplate before, PodTemplate after) {
        server.edit(before, after);
    }

    @Override
    public void running(PodTemplate pod) {
        server.running(pod);
    }

    @Override
    public void delete(PodTemplate pod) {
        server.delete(pod);
    }
}
