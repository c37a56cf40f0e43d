/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s.kubelet;

import io.diskguard.config.KubeletSettings;
import io.diskguard.k8s.Credentials;
import java.io.IOException;
import java.io.Serial;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** The settings and what the files that they name hold at one moment: what rotates is seen by its content. Immutable. */
final class Material {
    /** Where they are in a pod. */
    static final Path SERVICE_ACCOUNT = Credentials.SERVICE_ACCOUNT;

    private static final int MOST = 1 << 20;

    private final KubeletSettings settings;
    private final Optional<Path> caPath;
    private final byte[][] files;

    private Material(KubeletSettings settings, Optional<Path> caPath, byte[]... files) {
        this.settings = settings;
        this.caPath = caPath;
        this.files = files;
    }

    /** A file that cannot be used; the message names it and never quotes it. */
    static final class UnusableException extends Exception {
        @Serial
        private static final long serialVersionUID = 1;

        UnusableException(String message) {
            super(message);
        }
    }

    /** Reads the files. Without a CA of its own, the cluster's, which a pod has, is believed. */
    static Material read(KubeletSettings settings, Path serviceAccount) throws UnusableException {
        var ca = settings.ca()
                .or(() -> Optional.of(serviceAccount.resolve("ca.crt")).filter(Files::isReadable));
        return new Material(
                settings,
                ca,
                read("kubelet_ca_path", ca),
                read("kubelet_client_cert_path", settings.client().map(KubeletSettings.ClientCertificate::certificate)),
                read("kubelet_client_key_path", settings.client().map(KubeletSettings.ClientCertificate::key)));
    }

    /**
     * The bearer token at this moment; empty if there is none to be shown. The service account's is shown only where
     * nothing else was given.
     */
    static Optional<String> token(KubeletSettings settings, Path serviceAccount) throws UnusableException {
        var path = settings.token();
        if (path.isEmpty() && settings.client().isEmpty()) {
            path = Optional.of(serviceAccount.resolve("token")).filter(Files::isReadable);
        }
        if (path.isEmpty()) {
            return Optional.empty();
        }
        var text = new String(read("kubelet_token_path", path), StandardCharsets.ISO_8859_1).strip();
        // The HTTP client's own complaint about others would quote the token.
        if (text.isEmpty() || !text.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new UnusableException("kubelet_token_path: " + path.get() + " holds no bearer token");
        }
        return Optional.of(text);
    }

    KubeletSettings settings() {
        return settings;
    }

    /** Where the authorities are; empty for the JDK's. */
    Optional<Path> caPath() {
        return caPath;
    }

    byte[] ca() {
        return files[0];
    }

    byte[] certificate() {
        return files[1];
    }

    byte[] key() {
        return files[2];
    }

    boolean isSameAs(Material other) {
        return settings.equals(other.settings) && caPath.equals(other.caPath) && Arrays.deepEquals(files, other.files);
    }

    private static byte[] read(String key, Optional<Path> path) throws UnusableException {
        if (path.isEmpty()) {
            return new byte[0];
        }
        try (var in = Files.newInputStream(path.get())) {
            var bytes = in.readNBytes(MOST + 1);
            if (bytes.length > MOST) {
                throw new UnusableException(key + ": " + path.get() + " is larger than 1 MiB");
            }
            return bytes;
        } catch (IOException e) {
            throw new UnusableException(
                    key + ": " + path.get() + " cannot be read: " + e.getClass().getSimpleName());
        }
    }
}
