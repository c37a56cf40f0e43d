/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

/** That everybody can read and work the page: by keyboard alone, on a phone, in the dark, with a screen reader. */
class AccessibleTest {
    private static Browser browser;

    private Server server;

    @BeforeAll
    static void browser() {
        browser = Browser.open();
    }

    @AfterAll
    static void noBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void desktop() {
        browser.desktop();
        browser.systemTheme("light");
        server = Server.of(FixedNode.rich());
    }

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"light,desktop", "dark,desktop", "light,phone", "dark,phone"})
    void axeFindsNothing(String theme, String size) {
        browser.systemTheme(theme);
        if (size.equals("phone")) {
            browser.phone();
        }
        browser.visit(server.url());
        assertThat(browser.violations()).isEmpty();
        browser.find("#rows button.open").sendKeys(Keys.ENTER);
        browser.until("() => /last hour: mean/.test(document.querySelector('.chart svg').getAttribute('aria-label'))");
        browser.find(".deep details summary").sendKeys(Keys.ENTER);
        browser.find("#keys-shell summary").sendKeys(Keys.ENTER);
        browser.script("scrollTo(0, 0)");
        assertThat(browser.violations()).as("with a row open").isEmpty();
        server.goAway();
        browser.untilText("#banner", "does not answer");
        assertThat(browser.violations()).as("without an agent").isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"360", "768", "1360"})
    void nothingIsCutOffAtAnyWidth(int width) {
        browser.command(
                "Emulation.setDeviceMetricsOverride",
                java.util.Map.of("width", width, "height", 800, "deviceScaleFactor", 1, "mobile", width < 800));
        browser.visit(server.url());
        browser.find("#rows button.open").sendKeys(Keys.ENTER);
        browser.until("() => /last hour: mean/.test(document.querySelector('.chart svg').getAttribute('aria-label'))");
        assertThat(browser.script("return document.documentElement.scrollWidth"))
                .isEqualTo((long) width);
        assertThat(browser.script("""
                        return [...document.querySelectorAll('main *')].filter(e => !e.closest('.scroll, .unseen, thead, svg') && !e.matches('.unseen')
                          && e.getBoundingClientRect().right > innerWidth + 1).map(e => e.tagName + '.' + e.className)
                        """)).isEqualTo(List.of());
    }

    @Test
    void everythingIsReachedAndWorkedByKeysAlone() {
        browser.visit(server.url());
        browser.type(Keys.TAB);
        assertThat(focused()).isEqualTo("Skip to what the node does");
        browser.type(Keys.ENTER);
        assertThat(browser.script("return document.activeElement.id")).isEqualTo("main");
        var reached = new ArrayList<String>();
        for (int i = 0; i < 60 && !reached.contains("All keys in force"); i++) {
            browser.type(Keys.TAB);
            reached.add(focused());
            assertThat(
                            browser.script(
                                    "const e = document.activeElement; return getComputedStyle(e).outlineStyle !== 'none' && e.getBoundingClientRect().width > 0"))
                    .as("focus is seen on %s", focused())
                    .isEqualTo(true);
        }
        assertThat(reached)
                .contains(
                        "Show legacy/report-0 below",
                        "Filter containers",
                        "only limited",
                        "State",
                        "Written bytes/s",
                        "All keys in force")
                .anyMatch(text -> text.contains("postgres shop/db-0"));
    }

    @Test
    void aRowIsOpenedAndClosedByEnterAndKeepsTheFocusWhileThePageReadsOn() {
        browser.visit(server.url());
        browser.script("document.querySelectorAll('#rows button.open')[2].focus()");
        var name = focused();
        browser.type(Keys.ENTER);
        assertThat(browser.script("return document.activeElement.getAttribute('aria-expanded')"))
                .isEqualTo("true");
        assertThat(
                        browser.script(
                                "return Boolean(document.getElementById(document.activeElement.getAttribute('aria-controls')))"))
                .isEqualTo(true);
        browser.script("performance.clearResourceTimings()");
        browser.until(
                "() => performance.getEntriesByType('resource').some(e => /containers\\?/.test(e.name)) && document.getElementById('ago').textContent === 'Up to date'");
        assertThat(focused()).isEqualTo(name);
        browser.type(Keys.ENTER);
        assertThat(browser.texts(".deep")).isEmpty();
    }

    @Test
    void aProblemLeadsToItsContainer() {
        browser.visit(server.url());
        browser.script("document.querySelector('#problems button').focus()");
        browser.type(Keys.ENTER);
        browser.untilText("#count", "1 of 11");
        assertThat(browser.text("#rows tr.row")).contains("reporter legacy/report-0");
    }

    /** The sources of what is told to a screen reader: landmarks, names, headers, the order, texts of pictures. */
    @Test
    void aScreenReaderIsToldTheSame() {
        browser.visit(server.url());
        browser.find("#rows button.open").sendKeys(Keys.ENTER);
        browser.find("th[data-id=name] button").click();
        assertThat(
                        browser.script(
                                "return [...document.querySelectorAll('section')].every(s => document.getElementById(s.getAttribute('aria-labelledby')))"))
                .isEqualTo(true);
        assertThat(browser.find("th[data-id=name]").getDomAttribute("aria-sort"))
                .isEqualTo("ascending");
        assertThat(
                        browser.script(
                                "return [...document.querySelectorAll('svg')].every(s => s.getAttribute('aria-hidden') === 'true' || s.getAttribute('role') === 'img' && s.getAttribute('aria-label').length > 20)"))
                .isEqualTo(true);
        assertThat(browser.find("#banner").getDomAttribute("role")).isEqualTo("alert");
        assertThat(browser.find("#said").getDomAttribute("role")).isEqualTo("status");
        browser.phone();
        assertThat(browser.find("#rows tr.row").getAriaRole()).isEqualTo("row");
    }

    private String focused() {
        return (String) browser.script("""
                const e = document.activeElement;
                const text = (e.labels && e.labels.length ? e.labels[0].innerText || e.labels[0].textContent : e.getAttribute('aria-label') || e.innerText) || e.id || e.tagName;
                return text.replace(/[\\s›↑↓]+/g, ' ').trim();
                """);
    }
}
