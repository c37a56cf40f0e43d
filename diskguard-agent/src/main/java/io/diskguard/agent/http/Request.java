/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.http;

/**
 * What a client wants to read. Immutable.
 *
 * @param path as it was sent, percent-encoded: {@code /api/v1/containers}
 * @param query as it was sent, percent-encoded; empty if there is none
 * @param accepted the types that the client accepts; empty if it says nothing
 */
public record Request(String path, String query, String accepted) {}
