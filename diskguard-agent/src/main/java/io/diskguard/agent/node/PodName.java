/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.node;

/** A pod as a person names it: {@code namespace/name}. Immutable. */
public record PodName(String namespace, String name) {
    /** @throws AgentException if the text is none */
    public static PodName parse(String text) throws AgentException {
        var slash = text.indexOf('/');
        if (slash < 1 || slash != text.lastIndexOf('/') || slash == text.length() - 1) {
            throw AgentException.usage("a pod is named <namespace>/<pod>, was \"" + text + "\"");
        }
        return new PodName(text.substring(0, slash), text.substring(slash + 1));
    }

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
