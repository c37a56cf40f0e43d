/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s;

/** What became of a request to the API server. */
sealed interface Answer {
    /**
     * It answered.
     *
     * @param code of HTTP
     * @param message of its Status, where it refuses; may be empty
     */
    record Said(int code, String message) implements Answer {
        private static final int CLIENT_ERROR = 400;
        private static final int TOO_MANY = 429;
        private static final int SERVER_ERROR = 500;

        boolean isGood() {
            return code < CLIENT_ERROR;
        }

        /** Whether the same request may be answered otherwise later. */
        boolean isPassing() {
            return code == TOO_MANY || code >= SERVER_ERROR;
        }
    }

    /** It did not answer. */
    record Unreached(Throwable problem) implements Answer {}
}
