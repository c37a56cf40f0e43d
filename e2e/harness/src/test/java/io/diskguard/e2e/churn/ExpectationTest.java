/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.churn;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.e2e.apiserver.Json;
import io.diskguard.e2e.apiserver.PodTemplate;
import io.diskguard.e2e.apiserver.SamplePods;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExpectationTest {
    private final PodTemplate pod = new SamplePods("n", 1).next(1);

    private Limits of(Map<String, String> annotations, String container) {
        return Expectation.of(pod.withAnnotations(annotations), container);
    }

    @Test
    void theSpecificKeyHoldsBeforeTheGeneralOneAndARuleBeforeBoth() {
        var annotations = Map.of(
                "iops-limit/iops", "200",
                "iops-limit/write-iops", "300",
                "iops-limit/policy", "[{\"container\":\"db\",\"readIops\":50}]",
                "iops-limit/read-bps", "1048576");
        assertThat(of(annotations, "db")).isEqualTo(Limits.of(50, 300, 1 << 20, 0));
        assertThat(of(annotations, "metrics")).isEqualTo(Limits.of(200, 300, 1 << 20, 0));
    }

    @Test
    void whatIsNotSaidOrNotANumberIsTheDefaultAndZeroIsNoLimit() {
        assertThat(of(Map.of("iops-limit/read-iops", "many", "iops-limit/write-iops", "0"), "db"))
                .isEqualTo(Limits.of(500, 0, 0, 0));
    }

    @Test
    void excludedPodsAndContainersHaveNoLimit() {
        assertThat(of(Map.of("iops-limit/removed", "true"), "db")).isEqualTo(Limits.NONE);
        assertThat(of(Map.of(), "istio-proxy")).isEqualTo(Limits.NONE);
        assertThat(Expectation.of(pod.withLabels(Map.of("churn.example/unlimited", "yes")), "db"))
                .isEqualTo(Limits.NONE);
    }

    @Test
    void aWriteToAnythingOfOthersIsFound() {
        var line = "{\"who\":\"%s\",\"method\":\"%s\",\"path\":\"/api/v1/namespaces/ns/%s\",\"body\":\"%s\"}";
        var ours =
                "{\\\"metadata\\\":{\\\"uid\\\":\\\"u\\\",\\\"annotations\\\":{\\\"iops-limit/smart-limit\\\":null}}}";
        var others = "{\\\"metadata\\\":{\\\"annotations\\\":{\\\"team\\\":\\\"x\\\"}}}";
        var users = "{\\\"metadata\\\":{\\\"annotations\\\":{\\\"iops-limit/read-iops\\\":\\\"5\\\"}}}";
        var writes = Writes.of(List.of(
                Json.read(line.formatted("ADMIN", "DELETE", "pods/a", "")),
                Json.read(line.formatted("AGENT", "POST", "events", "{}")),
                Json.read(line.formatted("AGENT", "PATCH", "pods/a", ours)),
                Json.read(line.formatted("AGENT", "PATCH", "pods/b", others)),
                Json.read(line.formatted("AGENT", "PATCH", "pods/c", users)),
                Json.read(line.formatted("AGENT", "DELETE", "pods/d", ""))));
        assertThat(writes.counts()).isEqualTo(Map.of("POST events", 1, "PATCH pods", 3, "DELETE pods", 1));
        assertThat(writes.others())
                .extracting(text -> text.substring(text.indexOf("pods/"), text.indexOf("pods/") + 6))
                .containsExactly("pods/b", "pods/c", "pods/d");
    }
}
