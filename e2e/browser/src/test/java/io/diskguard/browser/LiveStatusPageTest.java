/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.agent.node.LiveNode;
import io.diskguard.testkit.Pods;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of the agent as it is, on a simulated node: from the kernel's files to the pixels. */
class LiveStatusPageTest {
    @Test
    void whatTheAgentDoesIsSeen(@TempDir Path directory) throws Exception {
        try (var browser = Browser.open();
                var node = new LiveNode(
                        directory,
                        true,
                        Map.of(
                                "smart_limit_enabled",
                                true,
                                "container_iops_limit",
                                0,
                                "data_total_iops",
                                1000,
                                "data_total_bps",
                                0))) {
            node.runApp().writes(900).minutes(12);
            node.run(Pods.pod("web")
                    .namespace("shop")
                    .annotation("iops-limit/iops", "300")
                    .annotation("iops-limit/read-bps", "50Mi")
                    .container("nginx")
                    .build());
            node.set("container_bps_limit", "10Mi");
            node.set("data_mount", "/nothing");
            node.minutes(2);

            browser.visit("http://127.0.0.1:" + node.port() + "/");

            assertThat(browser.text("#tiles")).contains("Pods 2", "Containers 2", "Limited 2", "Smart limit enforce");
            assertThat(browser.text("#facts")).contains("v2");
            assertThat(browser.texts("#problems > li")).isNotEmpty().allMatch(line -> line.contains("To do: "));
            assertThat(browser.text("#problems")).contains("/nothing");
            assertThat(browser.texts("#disks > li")).anyMatch(line -> line.startsWith("nvme0n1 259:0"));
            assertThat(browser.text("#history")).contains("container_bps_limit").contains("10Mi");
            assertThat(browser.text("#decisions")).contains("Limited default/db/app on nvme0n1");
            assertThat(browser.texts("#rows tr.row")).hasSize(2).anyMatch(row -> row.contains("nginx shop/web"));

            browser.find("#filter").sendKeys("default/db");
            browser.untilText("#count", "1 of 2");
            browser.find("#rows button.open").click();
            browser.until(
                    "() => /at its limit/.test(document.querySelectorAll('.chart svg')[1].getAttribute('aria-label'))");
            assertThat(browser.text(".deep")).contains("The kernel has", "Smart limit: ", "720 ops/s", "smart");
            browser.find("#keys-shell summary").click();
            assertThat(browser.text("#keys")).contains("smart_limit_enabled", "true", "data_total_iops");
            assertThat(browser.console()).isEmpty();
            assertThat(browser.violations()).isEmpty();
        }
    }
}
