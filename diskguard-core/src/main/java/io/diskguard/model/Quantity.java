/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.model;

import java.math.BigDecimal;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Whole, non-negative numbers as Kubernetes writes quantities
 * ({@code k8s.io/apimachinery/pkg/api/resource/quantity.go}): {@code 500}, {@code 2k}, {@code 10M} (10⁶),
 * {@code 50Mi} (2²⁰), {@code 1e3}, {@code 1.5Gi}. What is no whole number from 0 to 2⁶³−1 is none. Unlike there, so is a
 * suffix alone ({@code M}, which is 0 to Kubernetes), what has more than 40 digits, {@code -0}, and what is too large instead
 * of being cut to 2⁶³−1.
 */
public final class Quantity {
    private static final Pattern TEXT = Pattern.compile(
            "\\+?(\\d{1,40}(?:\\.\\d{0,40})?|\\.\\d{1,40})(?:([numkMGTPE]|[KMGTPE]i)|[eE]([+-]?\\d{1,2}))?");
    private static final Map<String, BigDecimal> SUFFIXES = Map.ofEntries(
            Map.entry("n", new BigDecimal("1e-9")),
            Map.entry("u", new BigDecimal("1e-6")),
            Map.entry("m", new BigDecimal("1e-3")),
            Map.entry("k", BigDecimal.TEN.pow(3)),
            Map.entry("M", BigDecimal.TEN.pow(6)),
            Map.entry("G", BigDecimal.TEN.pow(9)),
            Map.entry("T", BigDecimal.TEN.pow(12)),
            Map.entry("P", BigDecimal.TEN.pow(15)),
            Map.entry("E", BigDecimal.TEN.pow(18)),
            Map.entry("Ki", BigDecimal.valueOf(1L << 10)),
            Map.entry("Mi", BigDecimal.valueOf(1L << 20)),
            Map.entry("Gi", BigDecimal.valueOf(1L << 30)),
            Map.entry("Ti", BigDecimal.valueOf(1L << 40)),
            Map.entry("Pi", BigDecimal.valueOf(1L << 50)),
            Map.entry("Ei", BigDecimal.valueOf(1L << 60)));

    private Quantity() {}

    /** Reads a quantity; empty if the text is none, is negative, has a fraction left, or is more than 2⁶³−1. */
    public static OptionalLong parse(String text) {
        var matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return OptionalLong.empty();
        }
        var value = new BigDecimal(matcher.group(1));
        if (matcher.group(2) != null) {
            value = value.multiply(SUFFIXES.get(matcher.group(2)));
        } else if (matcher.group(3) != null) {
            value = value.scaleByPowerOfTen(Integer.parseInt(matcher.group(3)));
        }
        try {
            return OptionalLong.of(value.longValueExact());
        } catch (ArithmeticException fractionOrOverflow) {
            return OptionalLong.empty();
        }
    }

    /** Reads a number of bytes: a quantity, with or without a {@code B} after it ({@code 10MB}, {@code 50MiB}). */
    public static OptionalLong parseBytes(String text) {
        return parse(text.endsWith("B") ? text.substring(0, text.length() - 1) : text);
    }
}
