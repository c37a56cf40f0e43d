/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** What the page shows of a node, and that it does nothing else. */
class StatusPageTest {
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
    }

    @AfterEach
    void close() {
        if (server != null) {
            server.close();
        }
    }

    private void visit(FixedNode node) {
        server = Server.of(node);
        browser.visit(server.url());
    }

    private void quiet() {
        assertThat(browser.console()).as("console").isEmpty();
    }

    @Test
    void problemsComeFirstEachWithWhatToDo() {
        visit(FixedNode.rich());
        assertThat(browser.texts("main h2")).first().isEqualTo("Problems");
        assertThat(browser.texts("#problems > li")).hasSize(3);
        assertThat(browser.texts("#problems > li").get(0))
                .startsWith("✗ Error Limit failed legacy/report-0")
                .contains("No such device", "To do: See whether the disk was taken away");
        assertThat(browser.texts("#problems > li").get(2)).startsWith("▲ Warning");
        assertThat(browser.text("#said")).startsWith("3 problems");
        quiet();
    }

    @Test
    void aNodeWithoutProblemsSaysSo() {
        visit(FixedNode.crowded(3));
        assertThat(browser.text("#problems")).contains("No problems");
        assertThat(browser.text("#health")).contains("Healthy");
        quiet();
    }

    @Test
    void theNodeItsChecksItsDisksAndItsConfigurationAreTold() {
        visit(FixedNode.rich());
        assertThat(browser.text("#tiles"))
                .contains("Pods 11")
                .contains("Smart limit enforce")
                .contains("4 of 5");
        assertThat(browser.text("#facts")).contains("v2 at /sys/fs/cgroup", "kubernetes", "every 15 s");
        assertThat(browser.texts("#checks li")).anyMatch(line -> line.startsWith("✗ Failed disks device /dev/sdc"));
        assertThat(browser.texts("#disks > li").get(1))
                .contains("sdb", "97% busy", "mount /var/lib/containerd", "MiB/s");
        assertThat(browser.texts("#history > li").get(0))
                .contains("container_iops_limit 400 → 500", "after a restart", "from /etc/diskguard/config.yaml");
        assertThat(browser.text("#history")).contains("Rejected").contains("expected a whole number");
        assertThat(browser.text("#config-notes")).contains("Waits for a restart: http_address");
        assertThat(browser.texts("#decisions > li").get(0))
                .contains(
                        "Limited anew",
                        "shop/search-1/elasticsearch on nvme0n1",
                        "riops 1.6k ops/s",
                        "→ riops 1.2k ops/s",
                        "window 30m");
        assertThat(browser.text("#decisions")).contains("shadow: only told");
        quiet();
    }

    @Test
    void aRowShowsRatesOfLimitsInHumanUnitsAndExactOnesInItsTitle() {
        visit(FixedNode.rich());
        type("shop/db-0");
        browser.until("() => document.querySelectorAll('#rows tr.row').length === 1");
        assertThat(browser.text("#rows tr.row"))
                .contains("Held", "postgres shop/db-0", "nvme0n1", "/ 1.5k", "/ 80 MiB", "annotation");
        assertThat(browser.find("#rows td.n").getDomAttribute("title"))
                .contains("operations a second, limit 2,000 operations a second");
    }

    @Test
    void anOpenRowShowsChartsOriginsAndWhatWasDecided() {
        visit(FixedNode.rich());
        type("search-1");
        browser.until("() => document.querySelectorAll('#rows tr.row').length === 1");
        browser.find("#rows button.open").click();
        browser.until("() => /last hour: mean/.test(document.querySelector('.chart svg').getAttribute('aria-label'))");
        assertThat(browser.texts(".chart")).hasSize(4);
        assertThat(browser.find(".chart svg").getDomAttribute("aria-label"))
                .contains("Read operations of elasticsearch on nvme0n1: now ", " of 1.2k ops/s", "at its limit");
        assertThat(browser.script("return document.querySelector('.chart .l').getAttribute('d').length > 500"))
                .isEqualTo(true);
        assertThat(browser.text(".deep"))
                .contains(
                        "Smart limit: riops 1.2k ops/s, rbps 60 MiB/s by window 30m",
                        "smart 30m",
                        "Limited anew",
                        "15m",
                        "Burstable");
        browser.find(".deep details summary").click();
        browser.until("() => document.querySelectorAll('.deep details tbody tr').length === 12");
        quiet();
    }

    @Test
    void whatTheKernelHasIsComparedWithWhatIsWanted() {
        visit(FixedNode.rich());
        type("contested");
        browser.until("() => document.querySelectorAll('#rows tr.row').length === 1");
        browser.find("#rows button.open").click();
        browser.untilText(".deep", "≠ differs");
        assertThat(browser.text(".deep")).contains("Contested. somebody wrote riops 4000");
    }

    @Test
    void theTableIsFilteredAndSorted() {
        visit(FixedNode.rich());
        assertThat(browser.texts("#rows tr.row")).hasSize(11);
        browser.find("#only-limited").click();
        browser.untilText("#count", "7 of 11");
        browser.find("#only-limited").click();
        browser.find("#only-bad").click();
        browser.untilText("#count", "3 of 11");
        browser.find("#only-bad").click();
        type("no such thing");
        browser.untilText("#none", "Nothing matches");
        browser.find("#filter").clear();
        type("web nvme0n1");
        browser.untilText("#count", "3 of 11");
        browser.find("#filter").clear();
        browser.find("#filter").sendKeys(" ");
        browser.untilText("#count", "11 rows");
        browser.find("th[data-id=wbps] button").click();
        assertThat(browser.find("th[data-id=wbps]").getDomAttribute("aria-sort"))
                .isEqualTo("descending");
        assertThat(browser.texts("#rows tr.row").get(0)).contains("spark");
        browser.find("th[data-id=wbps] button").click();
        assertThat(browser.find("th[data-id=wbps]").getDomAttribute("aria-sort"))
                .isEqualTo("ascending");
        assertThat(browser.texts("#rows tr.row").get(10)).contains("spark");
    }

    private static void type(String filter) {
        browser.find("#filter").sendKeys(filter);
    }

    @Test
    void aTenantsNameIsNeverMarkup() {
        var evil = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>";
        var node = FixedNode.rich();
        node.add(FixedContainer.named(evil, "\"><svg onload=document.title='owned'>", "</td>{{7*7}}" + evil));
        node.put(
                "problems",
                List.of(Map.of(
                        "severity",
                        "error",
                        "what",
                        evil,
                        "subject",
                        evil,
                        "detail",
                        evil,
                        "to_do",
                        "javascript:alert(1)")));
        visit(node);
        type("onerror");
        browser.until("() => document.querySelectorAll('#rows tr.row').length === 1");
        browser.find("#rows button.open").click();
        browser.untilText(".deep", "onerror");
        assertThat(browser.text("#problems")).containsIgnoringCase("<img src=x onerror=");
        assertThat(browser.script("return document.querySelectorAll('img, main script, #rows svg[onload]').length"))
                .isEqualTo(0L);
        assertThat((String) browser.script("return document.title")).doesNotContain("owned");
        quiet();
    }

    @Test
    void thePolicyForbidsEveryOtherScriptAndStyle() {
        visit(FixedNode.rich());
        browser.script("""
                const script = document.createElement('script'); script.textContent = 'window.owned = 1'; document.body.append(script);
                document.body.insertAdjacentHTML('beforeend', '<p id="styled" style="color: red" onclick="window.owned = 1">x</p>');
                document.getElementById('styled').click();
                const image = new Image(); image.src = 'http://127.0.0.1:9/x.png'; document.body.append(image);
                """);
        browser.until("() => !window.owned && !document.getElementById('styled').style.color");
        assertThat(browser.console())
                .hasSizeGreaterThanOrEqualTo(3)
                .allMatch(line -> line.contains("Content Security Policy"));
    }

    @Test
    void anAgentThatGoesAwayIsToldAndPickedUpAgain() {
        visit(FixedNode.rich());
        server.goAway();
        browser.untilText("#banner", "The agent does not answer");
        assertThat(browser.text("#banner")).contains("What you see is as of");
        assertThat(browser.text("#health")).contains("No answer");
        assertThat(browser.texts("#rows tr.row")).hasSize(11);
        server.comeBack();
        browser.until("() => document.getElementById('banner').textContent === ''");
        assertThat(browser.text("#health")).contains("Degraded");
        assertThat(browser.console())
                .allMatch(line -> line.contains("ERR_CONNECTION_REFUSED")
                        || line.contains("ERR_CONNECTION_RESET")
                        || line.contains("ERR_EMPTY_RESPONSE"));
    }

    @Test
    void anAgentThatNoLongerMeasuresIsStale() {
        var node = FixedNode.rich();
        node.stopMeasuring();
        visit(node);
        browser.untilText("#banner", "nothing was read from the kernel since 09:45:00");
    }

    @Test
    void aPartThatFailsLeavesTheOthers() {
        var node = FixedNode.rich();
        node.drop("disks");
        visit(node);
        browser.untilText("#banner", "The part \"disks\" could not be read: no disks");
        assertThat(browser.texts("#rows tr.row")).hasSize(11);
        browser.console();
    }

    @Test
    void itReadsOnWhileItIsSeenAndNotWhileItIsPaused() {
        visit(FixedNode.rich());
        var before = server.asked().size();
        browser.until(
                "() => performance.getEntriesByType('resource').filter(e => /containers\\?/.test(e.name)).length > 1");
        assertThat(server.asked().size()).isGreaterThan(before);
        browser.find("#pause").click();
        browser.untilText("#ago", "Paused, as of");
        assertThat(browser.find("#pause").getDomAttribute("aria-pressed")).isEqualTo("true");
        browser.find("#pause").click();
        browser.untilText("#ago", "Up to date");
    }

    @Test
    void itWorksBelowThePrefixOfAProxy() {
        server = Server.of(FixedNode.rich());
        browser.visit(server.proxied());
        assertThat(browser.texts("#rows tr.row")).hasSize(11);
        quiet();
    }

    @Test
    void aThousandContainersAreShownQuicklyAndHistoriesOnlyOfThoseInSight() {
        visit(FixedNode.crowded(1000));
        assertThat(browser.text("#count")).isEqualTo("1,000 rows, 50 shown");
        var longest = (Number) browser.script("""
                const box = document.getElementById('filter'), from = performance.now();
                for (const text of ['pod-9', '']) {
                  document.querySelector('th[data-id=riops] button').click();
                }
                return performance.now() - from;
                """);
        assertThat(longest.doubleValue())
                .as("milliseconds for two sortings of all")
                .isLessThan(2000);
        browser.find("#rows-more").click();
        assertThat(browser.texts("#rows tr.row")).hasSize(150);
        type("pod-999");
        browser.untilText("#count", "1 of 1,000");
        assertThat(server.asked().stream().filter(path -> path.startsWith("containers/")))
                .hasSizeLessThan(200);
        quiet();
    }

    @Test
    void theThemeIsTheSystemsUntilOneIsChosenWhichIsKept() {
        browser.systemTheme("dark");
        visit(FixedNode.rich());
        var background = "return getComputedStyle(document.body).backgroundColor";
        var dark = browser.script(background);
        browser.find("#theme").sendKeys(Keys.ENTER);
        assertThat(browser.text("#theme")).isEqualTo("Theme: light");
        assertThat(browser.script(background)).isNotEqualTo(dark);
        browser.visit(server.url());
        assertThat(browser.text("#theme")).isEqualTo("Theme: light");
        browser.find("#theme").sendKeys(Keys.ENTER);
        assertThat(browser.script(background)).isEqualTo(dark);
    }
}
