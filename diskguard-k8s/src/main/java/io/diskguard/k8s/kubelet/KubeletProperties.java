/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s.kubelet;

import io.diskguard.config.GuardConfig;
import io.diskguard.config.KubeletSettings;
import io.diskguard.config.KubeletSettings.ClientCertificate;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The configuration as {@link io.diskguard.spi.Environment#settings() providers} are given it, by key. */
public final class KubeletProperties {
    private static final String WANTED = "smart_limit_use_kubelet_api";
    private static final String INTERVAL = "smart_limit_monitor_interval";
    private static final String HOST = "kubelet_host";
    private static final String PORT = "kubelet_port";
    private static final String CA = "kubelet_ca_path";
    private static final String CERTIFICATE = "kubelet_client_cert_path";
    private static final String KEY = "kubelet_client_key_path";
    private static final String TOKEN = "kubelet_token_path";
    private static final String SERVER_NAME = "kubelet_server_name";
    private static final String SKIP_VERIFY = "kubelet_skip_verify";
    private static final String USUAL_HOST = "localhost";
    private static final int USUAL_PORT = 10250;
    private static final Duration USUAL_INTERVAL = Duration.ofSeconds(60);

    private KubeletProperties() {}

    /** What the statistics of the kubelet need: hand it to {@link io.diskguard.spi.Environment#withSettings}. */
    public static Map<String, String> of(GuardConfig config) {
        var all = new HashMap<>(of(config.kubernetes().kubelet()));
        all.put(WANTED, String.valueOf(config.smart().kubeletFirst()));
        all.put(INTERVAL, config.smart().monitorInterval().toMillis() + "ms");
        return Map.copyOf(all);
    }

    static Map<String, String> of(KubeletSettings kubelet) {
        var all = new HashMap<String, String>();
        all.put(HOST, kubelet.host());
        all.put(PORT, String.valueOf(kubelet.port()));
        kubelet.ca().ifPresent(path -> all.put(CA, path.toString()));
        kubelet.client().ifPresent(client -> {
            all.put(CERTIFICATE, client.certificate().toString());
            all.put(KEY, client.key().toString());
        });
        kubelet.token().ifPresent(path -> all.put(TOKEN, path.toString()));
        kubelet.serverName().ifPresent(name -> all.put(SERVER_NAME, name));
        all.put(SKIP_VERIFY, String.valueOf(kubelet.skipVerify()));
        return all;
    }

    /** Whether statistics are to come from the kubelet first. */
    static boolean isWanted(Map<String, String> settings) {
        return Boolean.parseBoolean(settings.get(WANTED));
    }

    /** Whether something was said of the kubelet beyond what holds by itself: then it serves where cgroup files fail. */
    static boolean isConfigured(Map<String, String> settings) {
        // Not the host: a pod is always told where its node is, whether or not it may ask the kubelet there.
        return !String.valueOf(USUAL_PORT).equals(settings.getOrDefault(PORT, String.valueOf(USUAL_PORT)))
                || Boolean.parseBoolean(settings.get(SKIP_VERIFY))
                || settings.containsKey(CA)
                || settings.containsKey(CERTIFICATE)
                || settings.containsKey(TOKEN)
                || settings.containsKey(SERVER_NAME);
    }

    /** @throws IllegalArgumentException if a value is none of its key */
    static KubeletSettings kubelet(Map<String, String> settings) {
        var certificate = path(settings, CERTIFICATE);
        var key = path(settings, KEY);
        if (certificate.isPresent() != key.isPresent()) {
            throw new IllegalArgumentException(CERTIFICATE + " and " + KEY + " come together");
        }
        return new KubeletSettings(
                settings.getOrDefault(HOST, USUAL_HOST),
                port(settings),
                path(settings, CA),
                certificate.flatMap(it -> key.map(other -> new ClientCertificate(it, other))),
                path(settings, TOKEN),
                Optional.ofNullable(settings.get(SERVER_NAME)),
                Boolean.parseBoolean(settings.get(SKIP_VERIFY)));
    }

    /** @throws IllegalArgumentException if it is none */
    static Duration interval(Map<String, String> settings) {
        var text = settings.get(INTERVAL);
        if (text == null) {
            return USUAL_INTERVAL;
        }
        var millis = text.endsWith("ms");
        var number = Long.parseLong(millis ? text.substring(0, text.length() - 2) : text);
        return millis ? Duration.ofMillis(number) : Duration.ofSeconds(number);
    }

    private static int port(Map<String, String> settings) {
        return Integer.parseInt(settings.getOrDefault(PORT, String.valueOf(USUAL_PORT)));
    }

    private static Optional<Path> path(Map<String, String> settings, String key) {
        try {
            return Optional.ofNullable(settings.get(key)).map(Path::of);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(key + " is no path", e);
        }
    }
}
