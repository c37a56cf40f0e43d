/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A real Chromium without a window, as Debian packages it. Not thread-safe. */
final class Browser implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int DESKTOP_WIDTH = 1360;
    private static final int DESKTOP_HEIGHT = 900;

    private final ChromeDriver driver;
    private final String axe;

    private Browser(ChromeDriver driver, String axe) {
        this.driver = driver;
        this.axe = axe;
    }

    /** Skips the test, with a word why, where there is no Chromium. */
    static Browser open() {
        var chromium = program("chromium");
        var chromedriver = program("chromedriver");
        assumeTrue(
                chromium.isPresent() && chromedriver.isPresent(),
                "no browser here: needs chromium and chromedriver on the PATH (Debian: chromium, chromium-driver)");
        var logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        var options = new ChromeOptions();
        options.setBinary(chromium.orElseThrow().toString());
        // root has no sandbox to go to, and a container's shared memory is small
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-dev-shm-usage",
                "--disable-gpu",
                "--hide-scrollbars",
                "--lang=en-GB",
                "--window-size=" + DESKTOP_WIDTH + "," + DESKTOP_HEIGHT);
        options.setCapability("goog:loggingPrefs", logs);
        var service = new ChromeDriverService.Builder()
                .usingDriverExecutable(chromedriver.orElseThrow().toFile())
                .usingAnyFreePort()
                .withEnvironment(Map.of("TZ", "UTC", "LANG", "en_GB.UTF-8"))
                .build();
        try (var script = Browser.class.getResourceAsStream("/axe.min.js")) {
            var axe = new String(script.readAllBytes(), StandardCharsets.UTF_8);
            var browser = new Browser(new ChromeDriver(service, options), axe);
            browser.desktop();
            return browser;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Path> program(String name) {
        return List.of(Optional.ofNullable(System.getenv("PATH")).orElse("").split(":")).stream()
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    @Override
    public void close() {
        driver.quit();
    }

    void desktop() {
        size(DESKTOP_WIDTH, DESKTOP_HEIGHT, false);
    }

    /** So high that the whole page is in sight. */
    void high(int height) {
        size(DESKTOP_WIDTH, height, false);
    }

    void phone() {
        size(360, 780, true);
    }

    private void size(int width, int height, boolean mobile) {
        command(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", mobile));
    }

    /** {@code light} or {@code dark}, as the system says it. */
    void systemTheme(String theme) {
        command(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(
                                Map.of("name", "prefers-color-scheme", "value", theme),
                                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
    }

    Map<String, Object> command(String name, Map<String, Object> arguments) {
        return driver.executeCdpCommand(name, arguments);
    }

    /** Goes there and waits for what the page reads. */
    void visit(String url) {
        driver.get(url);
        until("() => document.getElementById('ago').textContent === 'Up to date'");
    }

    void go(String url) {
        driver.get(url);
    }

    WebElement find(String css) {
        return driver.findElement(By.cssSelector(css));
    }

    List<String> texts(String css) {
        @SuppressWarnings("unchecked") // what the script answers
        var texts = (List<String>) script(
                "return [...document.querySelectorAll(arguments[0])].map(e => e.innerText.replace(/\\s+/g, ' ').trim())",
                css);
        return texts;
    }

    String text(String css) {
        return String.join(" ", texts(css));
    }

    Object script(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** Waits until a JavaScript function answers true. */
    void until(String function) {
        Awaitility.await(function)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> Boolean.TRUE.equals(script("return (" + function + ")()")));
    }

    void untilText(String css, String part) {
        Awaitility.await(css + " says " + part)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() -> assertThat(text(css)).contains(part));
    }

    /** Keys for whatever has the focus. */
    void type(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    /** What axe-core finds wrong, one line each. */
    @SuppressWarnings("unchecked") // what the script answers
    List<String> violations() {
        script(axe);
        driver.manage().timeouts().scriptTimeout(PATIENCE);
        return (List<String>) driver.executeAsyncScript("""
                const done = arguments[arguments.length - 1];
                axe.run(document, {resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}).then(
                  found => done(found.violations.flatMap(v => v.nodes.slice(0, 5).map(n => v.id + ': ' + v.help + ': ' + n.target + ': ' + n.failureSummary))),
                  wrong => done(['axe failed: ' + wrong]));
                """);
    }

    /** What the console says since it was last asked, violations of the policy among it. */
    List<String> console() {
        return StreamSupport.stream(driver.manage().logs().get(LogType.BROWSER).spliterator(), false)
                .map(LogEntry::toString)
                .toList();
    }

    byte[] screenshot(int height) {
        var shot = command(
                "Page.captureScreenshot",
                Map.of(
                        "format",
                        "png",
                        "captureBeyondViewport",
                        true,
                        "clip",
                        Map.of(
                                "x",
                                0,
                                "y",
                                0,
                                "width",
                                script("return innerWidth"),
                                "height",
                                Math.min(height, (Long) script("return document.documentElement.scrollHeight")),
                                "scale",
                                1)));
        return Base64.getDecoder().decode((String) shot.get("data"));
    }
}
