/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.agent.http.Page;
import io.diskguard.agent.http.Request;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What holds of the file without a browser; what it does in one is seen in {@code e2e/browser}. */
class StatusPageTest {
    private final StatusPage routes = new StatusPage();
    private final Page page = routes.answer(new Request("/", "", "text/html"));

    @Test
    void itIsAtTheRootAndNowhereElse() {
        assertThat(routes.own("/")).isTrue();
        assertThat(routes.own("/index.html")).isFalse();
        assertThat(routes.answer(new Request("/index.html", "", "")).status()).isEqualTo(404);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.contentType()).isEqualTo("text/html; charset=utf-8");
        assertThat(page.text()).startsWith("<!DOCTYPE html>").contains("<title>DiskGuard</title>");
    }

    @Test
    void nothingRunsInItButWhatIsInTheFile() {
        assertThat(page.headers()).containsEntry("Referrer-Policy", "no-referrer");
        assertThat(page.headers().get("Content-Security-Policy"))
                .matches(
                        "default-src 'none'; script-src 'sha256-[\\w+/]{43}='; style-src 'sha256-[\\w+/]{43}=';"
                                + " connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    }

    @Test
    void itHasOneScriptAndOneStyleAndNoneInAttributes() {
        assertThat(count("<script")).isEqualTo(1);
        assertThat(count("<style")).isEqualTo(1);
        assertThat(count("<[a-z][^>]*\\s(style|on[a-z]+)\\s*=")).isZero();
    }

    @Test
    void itLoadsNothingFromElsewhere() {
        assertThat(count("(src|href)=\"(?!data:|#|api/v1/)")).isZero();
        assertThat(count("@import|url\\(")).isZero();
        assertThat(count("fetch\\((?!'api/v1/')")).isZero();
    }

    /** Names come from tenants. */
    @Test
    void itNeverReadsMarkupFromText() {
        assertThat(
                        count(
                                "innerHTML|outerHTML|insertAdjacentHTML|document\\.write|\\beval\\(|new Function|DOMParser|setHTML"))
                .isZero();
    }

    private long count(String pattern) {
        return Pattern.compile(pattern).matcher(page.text()).results().count();
    }
}
