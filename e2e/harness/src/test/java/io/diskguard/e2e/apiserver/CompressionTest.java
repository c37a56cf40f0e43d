/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.mockwebserver.http.MockResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class CompressionTest {
    private static final String LARGE = "x".repeat(Compression.FROM);

    @Test
    void aLargeAnswerIsCompressedForWhoAsks() throws IOException {
        var answer = Compression.of(new MockResponse().setBody(LARGE), "gzip, deflate");

        assertThat(answer.header("Content-Encoding")).isEqualTo("gzip");
        var zipped = answer.getBody().getBytes();
        assertThat(new GZIPInputStream(new ByteArrayInputStream(zipped)).readAllBytes())
                .asString()
                .isEqualTo(LARGE);
    }

    @Test
    void whatIsSmallOrNotAskedForSoIsNot() {
        assertThat(Compression.of(new MockResponse().setBody(LARGE.substring(1)), "gzip")
                        .header("Content-Encoding"))
                .isNull();
        assertThat(Compression.of(new MockResponse().setBody(LARGE), null).header("Content-Encoding"))
                .isNull();
        assertThat(Compression.of(new MockResponse().setBody(LARGE), "identity").header("Content-Encoding"))
                .isNull();
    }
}
