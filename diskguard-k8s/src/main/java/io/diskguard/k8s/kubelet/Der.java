/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s.kubelet;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;

/** Puts keys in the forms of their algorithms (RFC 8017 A.1.2, RFC 5915) into PKCS#8 (RFC 5958), which the JDK reads. */
final class Der {
    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;
    private static final int OID = 0x06;
    private static final int PARAMETERS = 0xa0;
    private static final byte[] VERSION_0 = {2, 1, 0};
    /** 1.2.840.113549.1.1.1, and NULL. */
    private static final byte[] RSA = {
        0x06, 0x09, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 1, 1, 1, 5, 0
    };
    /** 1.2.840.10045.2.1. */
    private static final byte[] EC = {0x06, 0x07, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 2, 1};

    private static final int LONG_FORM = 0x80;
    private static final int BYTE = 8;

    private final byte[] bytes;
    private int at;

    private Der(byte[] bytes) {
        this.bytes = bytes;
    }

    static byte[] pkcs8OfRsa(byte[] pkcs1) {
        return tlv(SEQUENCE, VERSION_0, tlv(SEQUENCE, RSA), tlv(OCTETS, pkcs1));
    }

    /** @param curve from a block before the key, for keys that do not name theirs */
    static byte[] pkcs8OfEc(byte[] sec1, Optional<byte[]> curve) throws GeneralSecurityException {
        var named = curveIn(sec1).or(() -> curve).filter(oid -> oid.length > 0 && oid[0] == OID);
        if (named.isEmpty()) {
            throw new GeneralSecurityException("an EC key that does not name its curve");
        }
        return tlv(SEQUENCE, VERSION_0, tlv(SEQUENCE, EC, named.get()), tlv(OCTETS, sec1));
    }

    private static Optional<byte[]> curveIn(byte[] sec1) throws GeneralSecurityException {
        var key = new Der(new Der(sec1).next(SEQUENCE).orElseThrow(Der::damaged));
        while (key.at < key.bytes.length) {
            var parameters = key.next(PARAMETERS);
            if (parameters.isPresent()) {
                return parameters;
            }
        }
        return Optional.empty();
    }

    /** Passes over the next element; its content if it has that tag. */
    private Optional<byte[]> next(int tag) throws GeneralSecurityException {
        var its = octet();
        var length = octet();
        if (length >= LONG_FORM) {
            var octets = length - LONG_FORM;
            if (octets > 2) {
                throw damaged();
            }
            length = 0;
            for (var i = 0; i < octets; i++) {
                length = length << BYTE | octet();
            }
        }
        if (length > bytes.length - at) {
            throw damaged();
        }
        at += length;
        return its == tag ? Optional.of(Arrays.copyOfRange(bytes, at - length, at)) : Optional.empty();
    }

    private int octet() throws GeneralSecurityException {
        if (at >= bytes.length) {
            throw damaged();
        }
        return bytes[at++] & 0xff;
    }

    private static GeneralSecurityException damaged() {
        return new GeneralSecurityException("a private key that is damaged");
    }

    private static byte[] tlv(int tag, byte[]... parts) {
        var content = new ByteArrayOutputStream();
        for (var part : parts) {
            content.writeBytes(part);
        }
        var out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.size() < LONG_FORM) {
            out.write(content.size());
        } else {
            // As short as can be: the JDK refuses others.
            var octets = content.size() >> BYTE == 0 ? 1 : 2;
            out.write(LONG_FORM | octets);
            if (octets == 2) {
                out.write(content.size() >> BYTE);
            }
            out.write(content.size());
        }
        out.writeBytes(content.toByteArray());
        return out.toByteArray();
    }
}
