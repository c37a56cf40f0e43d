/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s.kubelet;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The names that a certificate is for (RFC 6125, RFC 9525): DNS names and addresses, never the subject's common name. */
final class ServerNames {
    private static final int DNS = 2;
    private static final int ADDRESS = 7;
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    private ServerNames() {}

    static boolean isAddress(String name) {
        return name.contains(":") || IPV4.matcher(name).matches();
    }

    static boolean matches(X509Certificate certificate, String expected) {
        return isAddress(expected)
                ? of(certificate, ADDRESS).stream().anyMatch(one -> sameAddress(one, expected))
                : of(certificate, DNS).stream().anyMatch(one -> sameName(one, expected));
    }

    /** For people; empty if there is none. */
    static List<String> all(X509Certificate certificate) {
        var all = new ArrayList<>(of(certificate, DNS));
        all.addAll(of(certificate, ADDRESS));
        return all;
    }

    private static List<String> of(X509Certificate certificate, int type) {
        var found = new ArrayList<String>();
        try {
            var names = certificate.getSubjectAlternativeNames();
            if (names != null) {
                for (var name : names) {
                    if (name.get(0).equals(type) && name.get(1) instanceof String text) {
                        found.add(text);
                    }
                }
            }
        } catch (CertificateParsingException e) {
            return List.of();
        }
        return found;
    }

    /** A star stands for the first label, whole, and never for all but the last one. */
    private static boolean sameName(String its, String expected) {
        var one = withoutDot(its);
        var other = withoutDot(expected);
        if (one.startsWith("*.")) {
            var dot = other.indexOf('.');
            var rest = one.substring(1);
            return dot > 0 && rest.indexOf('.', 1) > 0 && rest.equals(other.substring(dot));
        }
        return one.equals(other);
    }

    private static String withoutDot(String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    /** Both are literals: nothing is looked up. */
    private static boolean sameAddress(String one, String other) {
        try {
            return InetAddress.getByName(one).equals(InetAddress.getByName(other.replaceFirst("%.*", "")));
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
