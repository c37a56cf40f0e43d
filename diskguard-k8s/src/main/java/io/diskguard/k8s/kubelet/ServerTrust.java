/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s.kubelet;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Believes a certificate that an authority signed and that is for the name expected, which need not be the host's: the JDK
 * knows only the latter, and an extended trust manager has the say in both. Thread-safe.
 */
final class ServerTrust extends X509ExtendedTrustManager {
    private static final X509Certificate[] NONE = {};

    private final X509TrustManager authorities;
    private final String expected;
    private final String whose;

    private ServerTrust(X509TrustManager authorities, String expected, String whose) {
        this.authorities = authorities;
        this.expected = expected;
        this.whose = whose;
    }

    /**
     * @param certificates of authorities; null for the JDK's
     * @param expected the kubelet's name or address
     * @param whose the authorities, for people
     */
    static X509ExtendedTrustManager of(@Nullable List<X509Certificate> certificates, String expected, String whose)
            throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(certificates == null ? null : store(certificates));
        for (var manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager found) {
                return new ServerTrust(found, expected, whose);
            }
        }
        throw new GeneralSecurityException("the JDK has no trust manager for X.509");
    }

    private static KeyStore store(List<X509Certificate> certificates) throws GeneralSecurityException {
        var store = Keys.emptyStore();
        var number = 0;
        for (var certificate : certificates) {
            store.setCertificateEntry("ca-" + number++, certificate);
        }
        return store;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        try {
            authorities.checkServerTrusted(chain, authType);
        } catch (CertificateException e) {
            throw new UntrustedException(why(chain[0], e), e);
        }
        if (!ServerNames.matches(chain[0], expected)) {
            var names = ServerNames.all(chain[0]);
            throw new UntrustedException("the kubelet's certificate is not for " + expected + ", it is for "
                    + (names.isEmpty() ? "no name at all" : String.join(", ", names))
                    + ": set kubelet_server_name or kubelet_host to one of its names");
        }
    }

    private String why(X509Certificate certificate, CertificateException problem) {
        Throwable root = problem;
        for (@Nullable Throwable cause = problem; cause != null; cause = cause.getCause()) {
            root = cause;
            if (cause instanceof CertificateExpiredException) {
                return "the kubelet's certificate, or that of its authority, has expired: the kubelet's ended at "
                        + certificate.getNotAfter().toInstant();
            }
            if (cause instanceof CertificateNotYetValidException) {
                return "the kubelet's certificate, or that of its authority, is not valid yet: the kubelet's begins at "
                        + certificate.getNotBefore().toInstant();
            }
        }
        return "the kubelet's certificate was issued by \""
                + certificate.getIssuerX500Principal().getName()
                + "\", which is not vouched for by " + whose + ": set kubelet_ca_path"
                + (root instanceof CertPathBuilderException ? "" : " (" + root.getMessage() + ")");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("this is no server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return NONE;
    }
}
