/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.http;

/** Paths and what they answer. Thread-safe; answers from memory. */
public interface Routes {
    /** Whether the path, percent-encoded, is one of these, be there something or not. */
    boolean own(String path);

    /** What is there; a page with status 404 where nothing is. */
    Page answer(Request request);

    /** An answer that is no good news, as these put it. */
    default Page refuse(int status, String words) {
        return Page.text(status, words);
    }
}
