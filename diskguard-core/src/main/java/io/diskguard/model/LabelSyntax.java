/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.model;

/**
 * The words of labels ({@code k8s.io/apimachinery/pkg/api/validate/content}). By loops, as a regular expression would
 * recurse over a long text.
 */
final class LabelSyntax {
    static final String KEY = "a label key: [prefix/]name, the name 1 to 63 letters, digits, '-', '_' or '.',"
            + " the prefix a lower-case DNS name of at most 253";
    static final String VALUE =
            "a label value: at most 63 letters, digits, '-', '_' or '.', the first and last a letter or" + " digit";

    private static final int NAME_MAX = 63;
    private static final int PREFIX_MAX = 253;

    private LabelSyntax() {}

    static boolean isKey(String text) {
        var slash = text.indexOf('/');
        return slash < 0 ? isName(text) : isPrefix(text.substring(0, slash)) && isName(text.substring(slash + 1));
    }

    static boolean isValue(String text) {
        return text.isEmpty() || isName(text);
    }

    private static boolean isName(String text) {
        return !text.isEmpty()
                && text.length() <= NAME_MAX
                && isAlphanumeric(text.charAt(0))
                && isAlphanumeric(text.charAt(text.length() - 1))
                && text.chars().allMatch(c -> isAlphanumeric(c) || c == '-' || c == '_' || c == '.');
    }

    private static boolean isPrefix(String text) {
        if (text.isEmpty() || text.length() > PREFIX_MAX) {
            return false;
        }
        for (var label : text.split("\\.", -1)) {
            if (label.isEmpty()
                    || label.startsWith("-")
                    || label.endsWith("-")
                    || !label.chars().allMatch(c -> isLowerAlphanumeric(c) || c == '-')) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAlphanumeric(int c) {
        return isLowerAlphanumeric(c) || c >= 'A' && c <= 'Z';
    }

    private static boolean isLowerAlphanumeric(int c) {
        return c >= 'a' && c <= 'z' || c >= '0' && c <= '9';
    }
}
