/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.testkit.wire;

/** What a peer that speaks HTTP does instead of answering. */
public enum Fault {
    /** Breaks the connection before it says anything. */
    RESETS,
    /** Breaks the connection in the middle of a body. */
    BREAKS_OFF,
    /** Takes the request and never answers. */
    HANGS,
    /** Says how long its answer is, and never what. */
    STALLS,
    /** Says something that is no HTTP. */
    SPEAKS_NO_HTTP,
    /** As a captive portal or a proxy: 200, and a page for people. */
    HTML,
    /** 200, and nothing. */
    EMPTY,
    /** 200, and a whole answer of half the document. */
    HALF_A_DOCUMENT,
    /** 200, and a document of another kind. */
    WRONG_KIND,
    /** 200, and an object that has nothing. */
    EMPTY_OBJECT,
    /** 200, and bytes that are no text. */
    WRONG_ENCODING,
    /** 200, and 100,000 lists in one another. */
    DEEP,
    /** 200, and 50 MB of another kind. */
    HUGE,
    /** 200, and a document that goes on for ever as fast as it is read. */
    ENDLESS,
    /** 400. */
    BAD_REQUEST(400),
    /** 401. */
    UNAUTHORIZED(401),
    /** 403. */
    FORBIDDEN(403),
    /** 404. */
    NOT_FOUND(404),
    /** 409. */
    CONFLICT(409),
    /** 410. */
    GONE(410),
    /** 422. */
    UNPROCESSABLE(422),
    /** 429 with Retry-After. */
    TOO_MANY(429),
    /** 500. */
    SERVER_ERROR(500),
    /** 503 with Retry-After. */
    UNAVAILABLE(503),
    /** 504. */
    GATEWAY_TIMEOUT(504);

    private final int status;

    Fault() {
        this(200);
    }

    Fault(int status) {
        this.status = status;
    }

    /** Of HTTP, where it gets that far. */
    public int status() {
        return status;
    }

    /** Whether the peer answers, and refuses. */
    public boolean isRefusal() {
        return status != 200;
    }

    /** Whether the connection stays open and silent. */
    public boolean isSilence() {
        return this == HANGS || this == STALLS;
    }
}
