/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s.kubelet;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads certificates and private keys in PEM (RFC 7468): keys in PKCS#8, in PKCS#1 and in SEC 1, as kubeadm and the kubelet
 * write them. The two may be in one file, as in {@code kubelet-client-current.pem}. Messages never quote a file.
 */
final class Pem {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----", Pattern.DOTALL);
    private static final String CERTIFICATE = "CERTIFICATE";
    private static final String PKCS8 = "PRIVATE KEY";
    private static final String PKCS1 = "RSA PRIVATE KEY";
    private static final String SEC1 = "EC PRIVATE KEY";
    private static final String CURVE = "EC PARAMETERS";
    private static final String ENCRYPTED = "ENCRYPTED PRIVATE KEY";

    private Pem() {}

    private record Block(String type, String content) {
        byte[] bytes() throws GeneralSecurityException {
            try {
                return Base64.getMimeDecoder().decode(content);
            } catch (IllegalArgumentException e) {
                throw new GeneralSecurityException("a " + type + " that is not in base64", e);
            }
        }
    }

    /** @throws GeneralSecurityException if there is none, or one that cannot be read */
    static List<X509Certificate> certificates(byte[] file) throws GeneralSecurityException {
        var factory = CertificateFactory.getInstance("X.509");
        var found = new ArrayList<X509Certificate>();
        for (var block : blocks(file)) {
            if (block.type().equals(CERTIFICATE)) {
                try {
                    found.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block.bytes())));
                } catch (CertificateException e) {
                    throw new GeneralSecurityException("a certificate that is damaged", e);
                }
            }
        }
        if (found.isEmpty()) {
            throw new GeneralSecurityException("no certificate in PEM");
        }
        return found;
    }

    /** @throws GeneralSecurityException if there is none that can be read */
    static PrivateKey key(byte[] file) throws GeneralSecurityException {
        Optional<byte[]> curve = Optional.empty();
        for (var block : blocks(file)) {
            switch (block.type()) {
                case CURVE -> curve = Optional.of(block.bytes());
                case PKCS8 -> {
                    return pkcs8(block.bytes());
                }
                case PKCS1 -> {
                    if (block.content().contains("ENCRYPTED")) {
                        throw new GeneralSecurityException("a key under a password, which is not supported");
                    }
                    return pkcs8(Der.pkcs8OfRsa(block.bytes()));
                }
                case SEC1 -> {
                    return pkcs8(Der.pkcs8OfEc(block.bytes(), curve));
                }
                case ENCRYPTED -> throw new GeneralSecurityException("a key under a password, which is not supported");
                default -> {
                    // A certificate beside it.
                }
            }
        }
        throw new GeneralSecurityException("no private key in PEM");
    }

    private static PrivateKey pkcs8(byte[] encoded) throws GeneralSecurityException {
        for (var algorithm : List.of("RSA", "EC", "EdDSA")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
            } catch (InvalidKeySpecException e) {
                // Of another algorithm.
            }
        }
        throw new GeneralSecurityException("a private key that is neither RSA, EC nor EdDSA, or damaged");
    }

    private static List<Block> blocks(byte[] file) {
        return BLOCK.matcher(new String(file, StandardCharsets.ISO_8859_1))
                .results()
                .map(found -> new Block(found.group(1), found.group(2)))
                .toList();
    }
}
