/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.diskguard.agent.http.HttpEndpoint;
import io.diskguard.agent.http.Page;
import io.diskguard.agent.http.Request;
import io.diskguard.agent.http.Routes;
import io.diskguard.agent.node.AgentException;
import io.diskguard.agent.node.LiveNode;
import io.diskguard.config.HttpAddress;
import io.diskguard.model.ContainerKind;
import io.diskguard.model.IoLimit;
import io.diskguard.model.Rate;
import io.diskguard.testkit.Pods;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The API of an agent as it is, on a simulated node where something of everything has happened. */
class LiveApiTest {
    private static final List<String> PROBES = List.of("/healthz", "/readyz", "/metrics");

    private final ApiDocument document = new ApiDocument(ApiDocumentTest.resource("openapi.json"));
    private LiveNode node;
    private ApiClient api;

    @BeforeEach
    void start(@TempDir Path directory) throws AgentException {
        node = new LiveNode(
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
                        0));
        api = new ApiClient(node.port());
    }

    @AfterEach
    void stop() {
        node.close();
    }

    /** One that its load limits, one of its owner, one that is wrong, one that is free; changes of the configuration. */
    private void muchHappens() {
        node.runApp().writes(900).minutes(12);
        node.run(
                Pods.pod("web")
                        .namespace("shop")
                        .annotation("iops-limit/iops", "300")
                        .container("web")
                        .container("setup", ContainerKind.INIT)
                        .build(),
                Pods.pod("odd")
                        .namespace("shop")
                        .annotation("iops-limit/iops", "many\ud83d")
                        .container("odd")
                        .build());
        node.minutes(2);
        node.set("container_bps_limit", "10Mi");
        node.set("data_mount", List.of("nothing", Map.of()));
        node.unset("data_mount");
        node.minutes(2);
    }

    @Test
    void everyPathAnswersAsTheDocumentSays() {
        for (var path : paths()) {
            var early = api.get(filled(path, "shop", "web"));
            document.holds(path, early.statusCode(), early.body());
        }
        muchHappens();
        for (var path : paths()) {
            var answer = api.get(filled(path, "shop", "web"));
            assertThat(answer.statusCode()).as("%s: %s", path, answer.body()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
            document.holds(path, 200, answer.body());
            for (var parameter : document.parameters(path)) {
                var value = parameter.equals("limit") ? "1" : parameter.matches("pod|namespace") ? "shop" : "true";
                var asked = api.get(filled(path, "shop", "web") + "?" + parameter + "=" + value);
                assertThat(asked.statusCode()).as("%s %s", path, parameter).isEqualTo(200);
                document.holds(path, 200, asked.body());
            }
        }
        document.holds("/readyz", 200, api.get("/readyz").body());
    }

    @Test
    void everyErrorIsAsTheDocumentSays() throws Exception {
        node.runApp();
        for (var path : paths()) {
            var there = filled(path, "default", "db");
            refused(path, 400, api.get(there + "?nonsense=1"));
            refused(path, 405, api.send("DELETE", there));
            if (path.contains("{")) {
                refused(path, 404, api.get(path.replaceAll("\\{\\w+}", "nobody-is-called-this")));
            }
            assertThat(document.statuses(path).contains("404")).as(path).isEqualTo(path.contains("{"));
        }
        try (var broken = HttpEndpoint.open(
                new HttpAddress("127.0.0.1", 0),
                new Healthy(),
                accepted -> new Page(200, "text/plain", ""),
                new Broken())) {
            var client = new ApiClient(broken.port());
            for (var path : paths()) {
                refused(path, 500, client.get(filled(path, "default", "db")));
            }
        }
    }

    @Test
    void theDocumentHasEveryPathAndNoOther() {
        var described = new TreeSet<>(document.paths());
        described.removeAll(PROBES);
        assertThat(texts(api.data("/api/v1/info").get("endpoints"))).containsExactlyInAnyOrderElementsOf(described);
        assertThat(document.paths()).containsAll(PROBES);
        assertThat(ApiDocument.read(api.get("/api/v1/openapi.json").body()).at("/info/version"))
                .isEqualTo(api.data("/api/v1/info").get("version"));
        assertThat(api.get("/api/v1").statusCode()).isEqualTo(404);
        assertThat(api.get("/api/v1/").statusCode()).isEqualTo(404);
        assertThat(api.get("/api/v1/containers/").statusCode()).isEqualTo(404);
    }

    @Test
    void aContainerShowsItsLimitsAndWhoTheyComeFrom() {
        muchHappens();

        var web = api.data("/api/v1/containers?namespace=shop&pod=we").get(1);
        assertThat(web.get("container").textValue()).isEqualTo("web");
        var disk = web.at("/disks/0");
        assertThat(disk.get("device").textValue()).isEqualTo("nvme0n1");
        assertThat(disk.get("number").textValue()).isEqualTo("259:0");
        assertThat(disk.get("limit")).hasToString("{\"riops\":300,\"wiops\":300,\"rbps\":10485760,\"wbps\":10485760}");
        assertThat(disk.get("wanted")).isEqualTo(disk.get("limit"));
        assertThat(disk.get("sources"))
                .hasToString(
                        "{\"riops\":\"annotation\",\"wiops\":\"annotation\",\"rbps\":\"default\",\"wbps\":\"default\"}");
        assertThat(disk.get("state").textValue()).isEqualTo("held");
        assertThat(disk.has("trend") || disk.has("history")).isFalse();
    }

    @Test
    void whatTheLoadLimitsSaysWhyAndWhatWasDone() {
        muchHappens();

        var one = api.data("/api/v1/containers/containerd%3A%2F%2Fdb-app");
        var disk = one.at("/disks/0");
        assertThat(disk.at("/limit/wiops").intValue()).isEqualTo(720);
        assertThat(disk.at("/sources/wiops").textValue()).isEqualTo("smart");
        assertThat(disk.at("/smart/window").textValue()).isNotEmpty();
        assertThat(disk.at("/trend/15m/wiops").doubleValue()).isPositive();
        assertThat(disk.get("history")).isNotEmpty();
        assertThat(api.data("/api/v1/containers/db-app")).isEqualTo(one);

        var status = api.data("/api/v1/limit-status/db-app");
        assertThat(status.get("is_limited").booleanValue()).isTrue();
        assertThat(status.get("triggered_by")).isEqualTo(disk.at("/smart/window"));
        assertThat(status.get("applied_at")).isEqualTo(disk.at("/smart/since"));

        assertThat(api.data("/api/v1/decisions?namespace=default")
                        .get(0)
                        .get("kind")
                        .textValue())
                .isEqualTo("apply");
        assertThat(api.data("/api/v1/decisions?namespace=elsewhere")).isEmpty();
    }

    @Test
    void onlyTheLimitedCanBeAskedFor() {
        node.runApp()
                .run(Pods.pod("web")
                        .annotation("iops-limit/iops", "300")
                        .container("web")
                        .build());

        assertThat(texts(api.data("/api/v1/limit-status"), "pod_name")).containsExactly("db", "web");
        assertThat(texts(api.data("/api/v1/limit-status?only_limited=true"), "pod_name"))
                .containsExactly("web");
    }

    @Test
    void aListThatIsCutShortSaysSo() {
        node.runApp().run(Pods.pod("web").container("web").build());

        var first = api.envelope("/api/v1/containers?limit=1");
        assertThat(first.get("count").intValue()).isEqualTo(1);
        assertThat(first.get("message").textValue()).isEqualTo("the first 1 of 2: a higher limit gives more");
        assertThat(api.envelope("/api/v1/containers").get("message").textValue())
                .isEmpty();
    }

    @Test
    void aWrongParameterIsNamedWithItsValueAndWhatWasExpected() {
        for (var wrong : List.of(
                "0",
                "-1",
                "",
                "many",
                "1e3",
                "10001",
                "99999999999999999999",
                "%E2%80%AE1",
                "x" + "%F0%9F%92%A9".repeat(60))) {
            var answer = api.get("/api/v1/containers?limit=" + wrong);
            assertThat(answer.statusCode()).as(wrong).isEqualTo(400);
            document.holds("/api/v1/containers", 400, answer.body());
            assertThat(ApiDocument.read(answer.body()).at("/data/expected").textValue())
                    .isEqualTo("a whole number from 1 to 10000");
        }
        assertThat(message("/api/v1/containers?limit=many"))
                .isEqualTo("limit is \"many\", expected a whole number from 1 to 10000");
        assertThat(message("/api/v1/containers?limit=1&limit=2")).isEqualTo("limit is \"2\", expected it once");
        assertThat(message("/api/v1/limit-status?only_limited=yes"))
                .isEqualTo("only_limited is \"yes\", expected true or false");
        assertThat(message("/api/v1/info?verbose=1")).isEqualTo("verbose is \"1\", expected no parameter");
        assertThat(message("/api/v1/containers?name=x"))
                .startsWith("name is \"x\", expected one of the parameters limit, namespace, pod");
        assertThat(message("/api/v1/containers?pod=" + "x".repeat(5000))).hasSizeLessThan(200);
    }

    @Test
    void anExplanationIsThatOfTheCommandLine() {
        muchHappens();

        var explanation = api.data("/api/v1/explain/shop/odd");
        assertThat(explanation.get("pod").textValue()).isEqualTo("odd");
        assertThat(explanation.at("/problems/0").textValue()).contains("many");
        assertThat(api.get("/api/v1/explain/shop/nobody").statusCode()).isEqualTo(404);
    }

    @Test
    void problemsTellWhatToLookAtFirst() {
        muchHappens();
        node.tamper(new IoLimit(Rate.perSecond(1048576), Rate.UNLIMITED, Rate.UNLIMITED, Rate.UNLIMITED));
        node.simulated().unmount("/data");
        node.minutes(30);

        var problems = api.data("/api/v1/problems");
        assertThat(texts(problems, "what")).contains("disk_not_found", "annotation_invalid");
        assertThat(texts(problems, "severity")).isSorted();
        assertThat(problems)
                .allSatisfy(
                        problem -> assertThat(problem.get("to_do").textValue()).isNotEmpty());
        document.holds("/api/v1/problems", 200, api.get("/api/v1/problems").body());
        assertThat(api.data("/api/v1/health").get("status").textValue()).isEqualTo("degraded");
        assertThat(api.get("/api/v1/health").statusCode()).isEqualTo(200);
    }

    @Test
    void aNodeWithoutTroubleHasNone() {
        node.runApp();
        assertThat(texts(api.data("/api/v1/problems"), "what")).containsExactly("configuration_doubtful");
        node.set("data_total_bps", "4Mi");

        assertThat(api.data("/api/v1/problems")).isEmpty();
        assertThat(api.data("/api/v1/health").get("status").textValue()).isEqualTo("healthy");
    }

    @Test
    void theConfigurationIsShownWithItsOrigins() {
        node.set("container_bps_limit", "10Mi");
        node.set("smart_limit_monitor_interval", "never");

        var config = api.data("/api/v1/config");
        assertThat(config.at("/status/result").textValue()).isEqualTo("rejected");
        assertThat(config.at("/status/problems/0/key").textValue()).isEqualTo("smart_limit_monitor_interval");
        var limit = StreamSupport.stream(config.get("keys").spliterator(), false)
                .filter(key -> key.get("key").textValue().equals("container_bps_limit"))
                .findFirst()
                .orElseThrow();
        assertThat(limit.get("value").textValue()).isEqualTo("10Mi");
        assertThat(limit.get("origin").textValue()).isNotEqualTo("default");
        assertThat(texts(api.data("/api/v1/config/history"), "result"))
                .containsExactly("rejected", "applied", "started");
    }

    private void refused(String path, int status, HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as("%s: %s", path, answer.body()).isEqualTo(status);
        document.holds(path, status, answer.body());
    }

    private String message(String path) {
        var answer = api.get(path);
        assertThat(answer.statusCode()).as(path).isEqualTo(400);
        return ApiDocument.read(answer.body()).get("message").textValue();
    }

    /** Those below {@code /api/v1}. */
    private List<String> paths() {
        return document.paths().stream()
                .filter(path -> path.startsWith(Api.PATH))
                .toList();
    }

    private static String filled(String path, String namespace, String pod) {
        return path.replace("{namespace}", namespace)
                .replace("{pod}", pod)
                .replace("{id}", pod + "-" + (pod.equals("db") ? "app" : pod));
    }

    private static List<String> texts(JsonNode list, String... field) {
        var texts = new ArrayList<String>();
        list.forEach(each -> texts.add((field.length == 0 ? each : each.get(field[0])).textValue()));
        return texts;
    }

    /** Answers nothing, as where there is a fault. */
    private static final class Broken implements Routes {
        @Override
        public boolean own(String path) {
            return true;
        }

        @Override
        public Page answer(Request request) {
            throw new IllegalStateException("broken for the test");
        }

        @Override
        public Page refuse(int status, String words) {
            return Reply.error(status, words, Optional.empty());
        }
    }
}
