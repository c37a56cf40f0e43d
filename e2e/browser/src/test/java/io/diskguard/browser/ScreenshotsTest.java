/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** The pictures of the manual; written anew only where asked for: {@code -Ddiskguard.screenshots=docs/images}. */
class ScreenshotsTest {
    private static final int LARGEST = 300 * 1024;

    @Test
    void thePicturesOfTheManualCanBeMade() throws IOException {
        try (var browser = Browser.open();
                var server = Server.of(FixedNode.rich())) {
            browser.systemTheme("light");
            browser.visit(server.url());
            open(browser, "search-1");
            write("status-page-light.png", browser.screenshot(1640));
            browser.systemTheme("dark");
            browser.high(1640);
            browser.visit(server.url());
            seen(browser);
            write("status-page-dark.png", browser.screenshot(1640));
            browser.phone();
            browser.visit(server.url());
            browser.find("#filter").sendKeys("search-1");
            browser.untilText("#count", "1 of 11");
            open(browser, "search-1");
            browser.script("scrollTo(0, 0)");
            write("status-page-phone.png", browser.screenshot(2600));
            assertThat(browser.console()).isEmpty();
        }
    }

    private static void open(Browser browser, String pod) {
        browser.script(
                "[...document.querySelectorAll('#rows button.open')].find(b => b.textContent.includes(arguments[0])).focus()",
                pod);
        browser.type(Keys.ENTER);
        browser.until("() => /last hour: mean/.test(document.querySelector('.chart svg').getAttribute('aria-label'))");
        seen(browser);
    }

    private static void seen(Browser browser) {
        browser.until(
                "() => [...document.querySelectorAll('.spark svg')].filter(s => s.checkVisibility()).every(s => s.querySelector('.l').getAttribute('d').length > 100)");
        browser.script("document.activeElement.blur(); scrollTo(0, 0)");
    }

    private static void write(String name, byte[] png) throws IOException {
        var directory = System.getProperty("diskguard.screenshots");
        if (directory != null) {
            var small = Picture.small(png);
            assertThat(small.length).as(name).isLessThan(LARGEST);
            Files.write(Path.of(directory).resolve(name), small);
        }
    }
}
