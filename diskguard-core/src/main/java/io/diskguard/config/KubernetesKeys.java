/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.config;

import static io.diskguard.config.ConfigKey.of;

import java.nio.file.Path;
import java.util.List;

/** How the cluster and this node's kubelet are reached. */
final class KubernetesKeys {
    private static final int PORT_MAX = 65535;

    static final ConfigKey<String> NODE_NAME = of(
                    "node_name",
                    Types.SUBDOMAIN,
                    "this node as the API server knows it; required with Kubernetes, where spec.nodeName gives it")
            .afterRestart();
    static final ConfigKey<Path> KUBECONFIG = of(
                    "kubeconfig_path", Types.PATH, "how to reach the cluster from outside it")
            .afterRestart()
            .besideSecret();
    static final ConfigKey<KubernetesSettings.PodOrigin> POD_SOURCE = of(
                    "pod_source",
                    Types.constant(KubernetesSettings.PodOrigin.values()),
                    "who tells the node's pods; kubelet where the API server must not be watched")
            .withDefault("api-server")
            .afterRestart();
    static final ConfigKey<String> HOST =
            of("kubelet_host", Types.HOST, "where the kubelet is").withDefault("localhost");
    static final ConfigKey<Integer> PORT = of("kubelet_port", Types.whole(1, PORT_MAX), "the kubelet's HTTPS port")
            .withDefault("10250");
    static final ConfigKey<Path> CA =
            credentials("kubelet_ca_path", "certificates that the kubelet's is verified with");
    static final ConfigKey<Path> CERTIFICATE =
            credentials("kubelet_client_cert_path", "certificate that the agent shows to the kubelet; with its key");
    static final ConfigKey<Path> KEY = credentials("kubelet_client_key_path", "the key of that certificate");
    static final ConfigKey<Path> TOKEN =
            credentials("kubelet_token_path", "bearer token for the kubelet; read again when it rotates");
    static final ConfigKey<String> SERVER_NAME =
            of("kubelet_server_name", Types.HOST, "the name in the kubelet's certificate, if not kubelet_host");
    static final ConfigKey<Boolean> SKIP_VERIFY = of(
                    "kubelet_skip_verify", Types.FLAG, "believe any certificate of the kubelet")
            .withDefault("false");

    static final KeyGroup GROUP = new KeyGroup(
            "Kubernetes",
            "What the kubelet is asked, and what it must permit: [kubelet](kubelet.md).",
            List.of(
                    NODE_NAME,
                    KUBECONFIG,
                    POD_SOURCE,
                    HOST,
                    PORT,
                    CA,
                    CERTIFICATE,
                    KEY,
                    TOKEN,
                    SERVER_NAME,
                    SKIP_VERIFY));

    private KubernetesKeys() {}

    static KubernetesSettings settings(ConfigValues values) {
        var certificate = values.find(CERTIFICATE)
                .flatMap(it -> values.find(KEY).map(key -> new KubeletSettings.ClientCertificate(it, key)));
        var kubelet = new KubeletSettings(
                values.get(HOST),
                values.get(PORT),
                values.find(CA),
                certificate,
                values.find(TOKEN),
                values.find(SERVER_NAME),
                values.get(SKIP_VERIFY));
        return new KubernetesSettings(values.find(NODE_NAME), values.find(KUBECONFIG), values.get(POD_SOURCE), kubelet);
    }

    static void check(ConfigValues values, Findings findings) {
        if (values.areGood(CERTIFICATE, KEY) && values.isSet(CERTIFICATE) != values.isSet(KEY)) {
            var there = values.isSet(CERTIFICATE) ? CERTIFICATE : KEY;
            findings.problem(there, "its other half beside it: " + (there == KEY ? CERTIFICATE : KEY));
        }
        if (values.get(POD_SOURCE) == KubernetesSettings.PodOrigin.KUBELET
                && values.areGood(NODE_NAME)
                && !values.isSet(NODE_NAME)) {
            findings.problem(POD_SOURCE, NODE_NAME + " beside it");
        }
        if (values.get(SKIP_VERIFY) && values.isSet(CA)) {
            findings.warn(SKIP_VERIFY, "makes " + CA + " useless: any certificate is believed");
        }
    }

    private static ConfigKey<Path> credentials(String name, String meaning) {
        return of(name, Types.PATH, meaning).afterRestart().besideSecret();
    }
}
