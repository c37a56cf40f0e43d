/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s.kubelet;

import io.diskguard.config.KubeletSettings;
import io.diskguard.k8s.kubelet.Material.UnusableException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * One HTTP client, with its connections, for as long as the settings and their files stay as they are. Another certificate
 * means other connections: the kubelet looks at it again with each request on a connection that is open.
 */
record Session(Material material, HttpClient http) {

    static Session open(Material material, Duration connectTimeout) throws UnusableException {
        var settings = material.settings();
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(keys(material), new TrustManager[] {trust(material)}, null);
            var parameters = context.getDefaultSSLParameters();
            var name = settings.serverName().filter(it -> !ServerNames.isAddress(it));
            if (name.isPresent()) {
                parameters.setServerNames(List.of(new SNIHostName(name.get())));
            }
            var http = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .proxy(HttpClient.Builder.NO_PROXY)
                    .connectTimeout(connectTimeout)
                    .sslContext(context)
                    .sslParameters(parameters)
                    .build();
            return new Session(material, http);
        } catch (GeneralSecurityException e) {
            throw new UnusableException("TLS cannot be set up: " + e.getMessage());
        }
    }

    /**
     * With a name of its own for the certificate, the host is looked up here: the HTTP client says the name of the URI to
     * the server, but where that is an address, the one of its parameters.
     */
    URI uri(String path) throws UnknownHostException {
        var settings = material.settings();
        var host = settings.serverName().isEmpty()
                ? settings.host()
                : InetAddress.getByName(settings.host()).getHostAddress();
        try {
            return new URI("https", null, host, settings.port(), path, null, null);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("kubelet_host is no host: " + settings.host(), e);
        }
    }

    private static KeyManager[] keys(Material material) throws UnusableException {
        var client = material.settings().client();
        if (client.isEmpty()) {
            return new KeyManager[0];
        }
        try {
            return Keys.managers(material.certificate(), material.key());
        } catch (GeneralSecurityException e) {
            throw new UnusableException("kubelet_client_cert_path, kubelet_client_key_path: "
                    + client.get().certificate() + " and " + client.get().key() + " hold " + e.getMessage());
        }
    }

    private static TrustManager trust(Material material) throws UnusableException, GeneralSecurityException {
        KubeletSettings settings = material.settings();
        if (settings.skipVerify()) {
            return new NoTrust();
        }
        var expected = settings.serverName().orElse(settings.host());
        var path = material.caPath();
        if (path.isEmpty()) {
            return ServerTrust.of(null, expected, "the JDK's certificates");
        }
        try {
            return ServerTrust.of(Pem.certificates(material.ca()), expected, "the certificates in " + path.get());
        } catch (GeneralSecurityException e) {
            throw new UnusableException("kubelet_ca_path: " + path.get() + " holds " + e.getMessage());
        }
    }
}
