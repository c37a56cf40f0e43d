/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s.kubelet;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicLong;

/** A certificate authority that makes keys and certificates as a cluster's does, and writes them as kubeadm and the kubelet do. */
final class Authority {
    private static final byte[] ECDSA_SHA256 = sequence(oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2));
    private static final byte[] P256 = oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 3, 1, 7);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final AtomicLong SERIAL = new AtomicLong(1);

    private final String name;
    private final KeyPair keys = ec();
    private final X509Certificate certificate;

    /** A certificate with its key, and the one that signed it. */
    record Signed(X509Certificate certificate, PrivateKey key, X509Certificate authority) {
        String pem() {
            return Authority.pem("CERTIFICATE", encoded(certificate));
        }

        String pkcs8() {
            return Authority.pem("PRIVATE KEY", key.getEncoded());
        }

        /** As Go's {@code x509.MarshalECPrivateKey}, and so the kubelet, writes an EC key. */
        String sec1() {
            return Authority.pem("EC PRIVATE KEY", sequence(integer(1), octets(scalar()), tlv(0xa0, P256)));
        }

        /** As {@code openssl ecparam -genkey} does: the curve in a block before it. */
        String sec1WithCurveBefore() {
            return Authority.pem("EC PARAMETERS", P256)
                    + Authority.pem("EC PRIVATE KEY", sequence(integer(1), octets(scalar())));
        }

        /** As kubeadm writes an RSA key. */
        String pkcs1() {
            var rsa = (RSAPrivateCrtKey) key;
            return Authority.pem(
                    "RSA PRIVATE KEY",
                    sequence(
                            integer(0),
                            integer(rsa.getModulus()),
                            integer(rsa.getPublicExponent()),
                            integer(rsa.getPrivateExponent()),
                            integer(rsa.getPrimeP()),
                            integer(rsa.getPrimeQ()),
                            integer(rsa.getPrimeExponentP()),
                            integer(rsa.getPrimeExponentQ()),
                            integer(rsa.getCrtCoefficient())));
        }

        private byte[] scalar() {
            var s = ((ECPrivateKey) key).getS().toByteArray();
            var bytes = new byte[32];
            var length = Math.min(s.length, bytes.length);
            System.arraycopy(s, s.length - length, bytes, bytes.length - length, length);
            return bytes;
        }
    }

    Authority(String name) {
        this.name = name;
        this.certificate = certificate(name, keys, Instant.parse("2020-01-01T00:00:00Z"), later(), true);
    }

    String pem() {
        return pem("CERTIFICATE", encoded(certificate));
    }

    X509Certificate certificate() {
        return certificate;
    }

    /** For a server of those names and addresses, or a client. */
    Signed issue(String subject, String... names) {
        return issue(ec(), subject, later(), names);
    }

    Signed issueRsa(String subject) {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return issue(generator.generateKeyPair(), subject, later());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    Signed issueExpired(String subject, String... names) {
        return issue(ec(), subject, Instant.parse("2021-01-01T00:00:00Z"), names);
    }

    private Signed issue(KeyPair pair, String subject, Instant end, String... names) {
        var issued = certificate(subject, pair, Instant.parse("2020-01-01T00:00:00Z"), end, false, names);
        return new Signed(issued, pair.getPrivate(), certificate);
    }

    private static Instant later() {
        return Instant.parse("2020-01-01T00:00:00Z").plus(Duration.ofDays(36500));
    }

    private X509Certificate certificate(
            String subject, KeyPair pair, Instant begin, Instant end, boolean authority, String... names) {
        var extension = authority
                ? sequence(oid(0x55, 0x1d, 0x13), tlv(1, new byte[] {-1}), octets(sequence(tlv(1, new byte[] {-1}))))
                : sequence(oid(0x55, 0x1d, 0x11), octets(sequence(alternatives(names))));
        var extensions = authority || names.length > 0 ? tlv(0xa3, sequence(extension)) : new byte[0];
        var content = sequence(
                tlv(0xa0, integer(2)),
                integer(SERIAL.getAndIncrement()),
                ECDSA_SHA256,
                named(name),
                sequence(time(begin), time(end)),
                named(subject),
                pair.getPublic().getEncoded(),
                extensions);
        try {
            var signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(keys.getPrivate());
            signature.update(content);
            var bits = new ByteArrayOutputStream();
            bits.write(0);
            bits.writeBytes(signature.sign());
            var all = sequence(content, ECDSA_SHA256, tlv(3, bits.toByteArray()));
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(all));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[][] alternatives(String... names) {
        var all = new byte[names.length][];
        for (var i = 0; i < names.length; i++) {
            try {
                all[i] = ServerNames.isAddress(names[i])
                        ? tlv(0x87, InetAddress.getByName(names[i]).getAddress())
                        : tlv(0x82, names[i].getBytes(StandardCharsets.US_ASCII));
            } catch (UnknownHostException e) {
                throw new AssertionError(e);
            }
        }
        return all;
    }

    private static KeyPair ec() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static String pem(String type, byte[] bytes) {
        var lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return "-----BEGIN " + type + "-----\n" + lines + "\n-----END " + type + "-----\n";
    }

    private static byte[] named(String name) {
        return sequence(tlv(0x31, sequence(oid(0x55, 4, 3), tlv(0x0c, name.getBytes(StandardCharsets.UTF_8)))));
    }

    private static byte[] time(Instant when) {
        return tlv(0x18, TIME.format(when).getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] oid(int... octets) {
        var bytes = new byte[octets.length];
        for (var i = 0; i < octets.length; i++) {
            bytes[i] = (byte) octets[i];
        }
        return tlv(6, bytes);
    }

    private static byte[] integer(long value) {
        return integer(BigInteger.valueOf(value));
    }

    private static byte[] integer(BigInteger value) {
        return tlv(2, value.toByteArray());
    }

    private static byte[] octets(byte[] content) {
        return tlv(4, content);
    }

    private static byte[] sequence(byte[]... parts) {
        return tlv(0x30, parts);
    }

    private static byte[] tlv(int tag, byte[]... parts) {
        var content = new ByteArrayOutputStream();
        for (var part : parts) {
            content.writeBytes(part);
        }
        var out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.size() < 128) {
            out.write(content.size());
        } else if (content.size() < 256) {
            out.write(0x81);
            out.write(content.size());
        } else {
            out.write(0x82);
            out.write(content.size() >> 8);
            out.write(content.size());
        }
        out.writeBytes(content.toByteArray());
        return out.toByteArray();
    }
}
