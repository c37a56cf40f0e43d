/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s.kubelet;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/** What the agent shows itself with. */
final class Keys {
    private static final char[] NO_PASSWORD = {};
    private static final byte[] SAMPLE = {1, 2, 3};

    private Keys() {}

    /** @throws GeneralSecurityException if one cannot be read, or they do not belong together */
    static KeyManager[] managers(byte[] certificateFile, byte[] keyFile) throws GeneralSecurityException {
        var chain = Pem.certificates(certificateFile);
        var key = Pem.key(keyFile);
        requirePair(chain.get(0), key);
        var store = emptyStore();
        store.setKeyEntry("client", key, NO_PASSWORD, chain.toArray(Certificate[]::new));
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    static KeyStore emptyStore() throws GeneralSecurityException {
        var store = KeyStore.getInstance("PKCS12");
        try {
            store.load(null, null);
        } catch (IOException e) {
            throw new GeneralSecurityException("an empty store cannot be made", e);
        }
        return store;
    }

    /** While the two files are being replaced they may not. */
    private static void requirePair(X509Certificate certificate, PrivateKey key) throws GeneralSecurityException {
        var algorithm =
                switch (key.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> "EdDSA";
                };
        var belongs = false;
        try {
            var signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(SAMPLE);
            var signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(SAMPLE);
            belongs = signature.verify(signed);
        } catch (InvalidKeyException e) {
            // Of two algorithms.
        }
        if (!belongs) {
            throw new GeneralSecurityException("a key that is not the certificate's");
        }
    }
}
