/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.diskguard.agent.house.House;
import io.diskguard.agent.report.ConfigReference;
import io.diskguard.config.ConfigKey;
import io.diskguard.config.ConfigKeys;
import io.diskguard.model.SmartStateKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ChartValuesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path SCHEMA = Manifests.CHART.resolve("values.schema.json");
    private static final Path HELPERS = Manifests.CHART.resolve("templates/_helpers.tpl");

    private final String values = House.read(Manifests.CHART.resolve("values.yaml"));

    /** To be mended by putting what this test leaves in {@code target} in the place of the values. */
    @Test
    void everyKeyIsInTheValuesWithItsDefaultUnitAndMeaning() throws IOException {
        var mended = leave("values.yaml", ChartValues.mended(values));
        assertThat(ConfigKeys.all())
                .as("mend with: cp " + mended + " deploy/helm/diskguard/")
                .allSatisfy(key -> assertThat(values).contains("\n" + ChartValues.lines(key)));
    }

    @Test
    void noValueIsOfAKeyThatIsNoMore() {
        var config = values.substring(values.indexOf("\nconfig:\n"), values.indexOf("\nrestartOnConfigChange:"));
        var shown = Pattern.compile("(?m)^  (?:# )?([a-z0-9_]+):(?: |$)")
                .matcher(config)
                .results()
                .map(found -> found.group(1));
        assertThat(shown)
                .containsExactlyElementsOf(
                        ConfigKeys.all().stream().map(ConfigKey::name).toList());
    }

    /** To be mended by putting what this test leaves in {@code target} in the place of the schema. */
    @Test
    void theSchemaHasEveryKeyWithItsTypeAndRejectsAllOthers() throws IOException {
        var schema = schema();
        var expected = schema.deepCopy();
        ((ObjectNode) expected.get("properties")).set("config", ChartValues.schema());
        var mended = leave(
                "values.schema.json", JSON.writerWithDefaultPrettyPrinter().writeValueAsString(expected) + "\n");
        assertThat(schema.equals(expected))
                .as("mend with: cp " + mended + " deploy/helm/diskguard/")
                .isTrue();
        assertThat(schema.get("additionalProperties").asBoolean(true)).isFalse();
    }

    @Test
    void theSchemaTakesTheDefaultsAndTheExampleOfTheReference() {
        var properties = schema().at("/properties/config/properties");
        for (var key : ConfigKeys.all()) {
            key.defaultText().ifPresent(text -> Manifests.documents("v: " + text)
                    .forEach(document -> accepts(key.name(), properties.get(key.name()), document.get("v"))));
        }
        Manifests.documents(ConfigReference.example())
                .get(0)
                .properties()
                .forEach(entry -> accepts(entry.getKey(), properties.get(entry.getKey()), entry.getValue()));
    }

    @Test
    void theSchemaRefusesWhatIsNoNumber() {
        var properties = schema().at("/properties/config/properties");
        var iops = properties.at("/container_iops_limit/pattern").asText();
        assertThat(List.of("500", "2k", "1e3", "${LIMIT}"))
                .allSatisfy(it -> assertThat(it).containsPattern(iops));
        assertThat(List.of("lots", "10 lots", "-1", "", "10/s"))
                .allSatisfy(it -> assertThat(it).doesNotContainPattern(iops));
        assertThat("50MiB")
                .containsPattern(properties.at("/max_bps_limit/pattern").asText());
        assertThat(List.of("30", "1h30m", "5 min")).allSatisfy(it -> assertThat(it)
                .containsPattern(properties.at("/check_interval/pattern").asText()));
        assertThat("soon")
                .doesNotContainPattern(properties.at("/check_interval/pattern").asText());
    }

    @Test
    void everyOtherValueIsInTheSchemaToo() {
        var inValues = new TreeSet<String>();
        Manifests.documents(values).get(0).fieldNames().forEachRemaining(inValues::add);
        var inSchema = new TreeSet<String>();
        schema().get("properties").fieldNames().forEachRemaining(inSchema::add);
        inSchema.remove("global");
        assertThat(inValues).isEqualTo(inSchema);
    }

    @Test
    void aChangeOfAKeyThatNeedsARestartReplacesThePods() {
        var pick = Pattern.compile("pick \\.Values\\.config((?: \"[a-z_]+\")+)").matcher(House.read(HELPERS));
        assertThat(pick.find()).isTrue();
        var keys = pick.group(1).replace("\"", "").strip().split(" ");
        assertThat(keys)
                .containsAll(ConfigKeys.all().stream()
                        .filter(key -> !key.isLive())
                        .map(ConfigKey::name)
                        .toList());
    }

    @Test
    void theChartKnowsTheKeysOfTheStateFromTheCode() {
        var list = Pattern.compile("(?s)define \"diskguard.stateKeys\" -}}\n(.*?)\\{\\{")
                .matcher(House.read(HELPERS));
        assertThat(list.find()).isTrue();
        assertThat(list.group(1).lines().map(line -> line.replace("- ", "")).toList())
                .isEqualTo(SmartStateKeys.names());
    }

    /** As far as types go; helm does the rest. */
    private static void accepts(String name, JsonNode schema, JsonNode value) {
        var type = value.isTextual()
                ? "string"
                : value.isNumber() ? "number" : value.isBoolean() ? "boolean" : value.isArray() ? "array" : "none";
        assertThat(schema.get("type").toString()).as(name + " " + value).contains("\"" + type + "\"");
        if (value.isTextual() && schema.has("pattern")) {
            assertThat(value.asText())
                    .as(name)
                    .containsPattern(schema.get("pattern").asText());
        }
    }

    private static Path leave(String name, String text) throws IOException {
        var file = Files.createDirectories(Path.of("target")).resolve(name).toAbsolutePath();
        return Files.writeString(file, text);
    }

    private static JsonNode schema() {
        try {
            return JSON.readTree(House.read(SCHEMA));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
