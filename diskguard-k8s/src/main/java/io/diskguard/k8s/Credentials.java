/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s;

import io.diskguard.config.KubernetesSettings;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who this process is to the cluster, and where the cluster is: a kubeconfig where one is named, else its service account. */
public final class Credentials {
    /** Where the kubelet puts a pod's token and its cluster's CA (ServiceAccount admission controller). */
    public static final Path SERVICE_ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

    private static final Logger LOG = LoggerFactory.getLogger(KubernetesAccess.class);

    private Credentials() {}

    static Config find(KubernetesSettings settings, Map<String, String> variables, Path serviceAccount)
            throws KubernetesAccessException {
        if (settings.kubeconfig().isPresent()) {
            return fromKubeconfig(settings.kubeconfig().get());
        }
        var host = variables.get("KUBERNETES_SERVICE_HOST");
        if (host == null || host.isEmpty()) {
            throw new KubernetesAccessException(
                    "no cluster: kubeconfig_path is not set, and KUBERNETES_SERVICE_HOST neither, so this is no pod of one");
        }
        return fromServiceAccount(host, variables.getOrDefault("KUBERNETES_SERVICE_PORT", "443"), serviceAccount);
    }

    private static Config fromKubeconfig(Path file) throws KubernetesAccessException {
        if (!Files.isReadable(file)) {
            throw new KubernetesAccessException("kubeconfig_path: " + file + " is no file that can be read");
        }
        try {
            var config = Config.fromKubeconfig(file.toFile());
            if (config.getCurrentContext() == null) {
                throw new KubernetesAccessException(
                        "kubeconfig_path: " + file + " names no current-context that it has");
            }
            if (!isToken(text(config.getOauthToken())) || !isToken(text(config.getAutoOAuthToken()))) {
                throw new KubernetesAccessException("kubeconfig_path: " + file + " holds a token that is none");
            }
            return config;
        } catch (RuntimeException e) {
            // The client throws of many kinds, a NullPointerException at an empty file. A message may quote the file,
            // and with it a token.
            LOG.debug(
                    "kubeconfig of {} characters of path is refused",
                    file.toString().length());
            throw new KubernetesAccessException("kubeconfig_path: " + file + " is no valid kubeconfig");
        }
    }

    private static Config fromServiceAccount(String host, String port, Path directory)
            throws KubernetesAccessException {
        var token = directory.resolve("token");
        var ca = directory.resolve("ca.crt");
        for (var file : new Path[] {token, ca}) {
            if (!Files.isReadable(file)) {
                throw new KubernetesAccessException("no service account: " + file
                        + " cannot be read; does the pod say automountServiceAccountToken: false?");
            }
        }
        return new ConfigBuilder(Config.empty())
                .withMasterUrl("https://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port)
                .withCaCertFile(ca.toString())
                .withOauthTokenProvider(() -> read(token))
                .build();
    }

    /** For each request: the kubelet replaces a token long before it expires. */
    private static String read(Path token) {
        try {
            var text = Files.readString(token).strip();
            if (isToken(text)) {
                return text;
            }
            LOG.warn("the service account's token cannot be used: {} holds none", token);
        } catch (IOException e) {
            LOG.warn("the service account's token cannot be read from {}: {}", token, e.toString());
        }
        return "";
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** The HTTP client's own complaint about others would quote the token. */
    private static boolean isToken(String text) {
        return text.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }
}
