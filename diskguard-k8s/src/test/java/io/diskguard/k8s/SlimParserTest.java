/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.fabric8.kubernetes.api.model.ListMeta;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.util.Optional;
import java.util.Random;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read token by token is what Jackson reads by reflection, and so is what is refused. */
class SlimParserTest {
    private static final int TIMES = 2_000;

    private static final RecursiveComparisonConfiguration ALL = RecursiveComparisonConfiguration.builder()
            .withIgnoredFieldsMatchingRegexes(".*additionalProperties")
            .withStrictTypeChecking(true)
            .build();

    private final ObjectMapper jackson = reference();
    private int taken;
    private int refused;

    @JsonDeserialize(using = JsonDeserializer.None.class)
    private interface ByReflection {}

    @JsonIgnoreProperties({
        "managedFields",
        "ownerReferences",
        "finalizers",
        "generateName",
        "generation",
        "selfLink",
        "creationTimestamp",
        "deletionTimestamp",
        "deletionGracePeriodSeconds"
    })
    private interface ReadOfObjects {}

    @JsonIgnoreProperties({"remainingItemCount", "selfLink", "shardInfo"})
    private interface ReadOfLists {}

    @FunctionalInterface
    private interface Read<T> {
        T read(String text) throws IOException;
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 20, 100, 1000})
    void everyOddPodIsReadOrRefusedAsByReflection(int oddness) {
        for (var seed = 0; seed < TIMES; seed++) {
            same(new OddJson(seed, oddness).pod(), this::pod, text -> jackson.readValue(text, SlimPod.class));
        }
        assertThat(taken).as("taken").isPositive();
        assertThat(refused).as("refused").isPositive();
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 100, 1000})
    void everyOddListIsReadOrRefusedAsByReflection(int oddness) {
        for (var seed = 0; seed < TIMES / 4; seed++) {
            same(
                    new OddJson(seed, oddness).list(),
                    text -> SlimParser.list(SlimParser.factory().createParser(text)),
                    this::listByReflection);
        }
        assertThat(taken).as("taken").isPositive();
        assertThat(refused).as("refused").isPositive();
    }

    @Test
    void everyOddPodOfAnEventIsReadOrRefusedAsByReflection() {
        var events = new WatchEventParser(SlimParser.factory());
        for (var seed = 0; seed < TIMES; seed++) {
            same(
                    "{\"kind\":\"Pod\"," + new OddJson(seed, 50).pod().substring(1),
                    text -> (SlimPod) events.event("{\"type\":\"ADDED\",\"object\":" + text + "}")
                            .getObject(),
                    this::byReflection);
        }
        assertThat(taken).as("taken").isPositive();
        assertThat(refused).as("refused").isPositive();
    }

    @Test
    void whatIsCutOffOrDamagedIsReadOrRefusedAsByReflection() {
        var random = new Random(1);
        for (var seed = 0; seed < TIMES; seed++) {
            var whole = new OddJson(seed, 1000).pod();
            same(whole.substring(0, random.nextInt(whole.length())), this::pod, this::byReflection);
            var damaged = new StringBuilder(whole);
            damaged.setCharAt(random.nextInt(whole.length()), "{}[]\",:0 \\x".charAt(random.nextInt(11)));
            same(damaged.toString(), this::pod, this::byReflection);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "null", "7", "\"\"", "\"x\"", "true", "[]", "[{}]", "{}", "{} x", "{}{}"})
    void whateverElseStandsInAPodsPlaceIsReadOrRefusedAsByReflection(String text) {
        if (!text.equals("null")) {
            same(text, this::pod, this::byReflection);
        }
        same(
                "{\"items\":[" + text + "],\"kind\":\"PodList\",\"metadata\":{\"resourceVersion\":1}}",
                this::list,
                this::listByReflection);
    }

    private SlimPod pod(String text) throws IOException {
        var parser = SlimParser.factory().createParser(text);
        parser.nextToken();
        return SlimParser.pod(parser);
    }

    /** With what Jackson does not see: a list that has no items is none of no pods. */
    private SlimPodList listByReflection(String text) throws IOException {
        var list = jackson.readValue(text, SlimPodList.class).checked();
        if (!jackson.readTree(text).has("items")) {
            throw new NonsenseException("PodList");
        }
        return list;
    }

    @Test
    void aListWithoutItemsIsRefused() {
        assertThatExceptionOfType(NonsenseException.class)
                .isThrownBy(() -> list("{\"kind\":\"PodList\",\"metadata\":{\"resourceVersion\":\"7\"}}"));
    }

    private SlimPodList list(String text) throws IOException {
        return SlimParser.list(SlimParser.factory().createParser(text));
    }

    private SlimPod byReflection(String text) throws IOException {
        return jackson.readValue(text, SlimPod.class);
    }

    private <T> void same(String text, Read<T> our, Read<T> its) {
        var read = read(text, our);
        var expected = read(text, its);
        assertThat(read).as(text).usingRecursiveComparison(ALL).isEqualTo(expected);
        if (expected.isPresent()) {
            taken++;
        } else {
            refused++;
        }
    }

    /** Empty where it is refused, in one of the ways that are told. */
    private static <T> Optional<T> read(String text, Read<T> read) {
        try {
            return Optional.of(read.read(text));
        } catch (JsonProcessingException | NonsenseException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new AssertionError(text, e);
        }
    }

    private static ObjectMapper reference() {
        var mapper = new ObjectMapper();
        mapper.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
        mapper.addMixIn(SlimPod.class, ByReflection.class);
        mapper.addMixIn(SlimPodList.class, ByReflection.class);
        mapper.addMixIn(ObjectMeta.class, ReadOfObjects.class);
        mapper.addMixIn(ListMeta.class, ReadOfLists.class);
        return configured(mapper);
    }

    /** As the client does. */
    private static ObjectMapper configured(ObjectMapper mapper) {
        assertThat(new KubernetesSerialization(mapper, false)).isNotNull();
        return mapper;
    }
}
