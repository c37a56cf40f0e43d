/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.fabric8.kubernetes.api.model.Status;
import java.io.IOException;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WatchEventParserTest {
    private static final String POD =
            "{'kind':'Pod','apiVersion':'v1','metadata':{'name':'web','resourceVersion':'7','managedFields':[{'kind':'x'}]}}";
    private static final String GONE =
            "{'kind':'Status','metadata':{},'status':'Failure','message':'too old','reason':'Expired','details':{'a':1,'retryAfterSeconds':9},'code':410}";

    private final WatchEventParser events = new WatchEventParser(SlimParser.factory());

    @ParameterizedTest
    @ValueSource(strings = {"ADDED", "MODIFIED", "DELETED", "BOOKMARK"})
    void anEventHasItsTypeAndPod(String type) throws IOException {
        var event = events.event(json("{'type':'" + type + "','object':" + POD + "}"));

        assertThat(event.getType()).isEqualTo(type);
        assertThat(event.getObject())
                .asInstanceOf(InstanceOfAssertFactories.type(SlimPod.class))
                .satisfies(pod -> assertThat(pod.getMetadata().getName()).isEqualTo("web"))
                .satisfies(pod ->
                        assertThat(pod.getMetadata().getResourceVersion()).isEqualTo("7"));
    }

    @Test
    void theOrderOfFieldsIsNoMatter() throws IOException {
        var event = events.event(
                json("{'x':[{}],'object':{'metadata':{'kind':'no','name':'web'},'kind':'Pod'},'type':'ADDED'}"));

        assertThat(event.getType()).isEqualTo("ADDED");
        assertThat(((SlimPod) event.getObject()).getMetadata().getName()).isEqualTo("web");
    }

    @Test
    void anExpiredVersionIsToldByItsCode() throws IOException {
        var event = events.event(json("{'type':'ERROR','object':" + GONE + "}"));

        assertThat(event.getType()).isEqualTo("ERROR");
        expired((Status) event.getObject());
    }

    @Test
    void aRefusalIsReadAsTheEventOfOne() throws IOException {
        expired(events.status(json(GONE)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "7",
                "[]",
                "{'type':'ADDED','object':{'metadata':{}}}",
                "{'type':'ADDED','object':{'kind':'Node','metadata':{}}}",
                "{'type':'ADDED','object':{'kind':null}}",
                "{'type':'ADDED','object':null}",
                "{'type':'ADDED','object':[{'kind':'Pod'}]}"
            })
    void anythingElseIsRefused(String text) {
        assertThatExceptionOfType(NonsenseException.class).isThrownBy(() -> events.event(json(text)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':{'type':'ADDED'}}",
                "{'type':['ADDED']}",
                "{'type':'ADDED','object':{'kind':{'kind':'Pod'}}}",
                "{'type':'ERROR','object':{'kind':'Status','message':{'a':1}}}",
                "{'type':'ERROR','object':{'kind':'Status','code':'many'}}",
                "{'type':'ERROR','object':{'kind':'Status','details':[1]}}"
            })
    void whatStandsInTheWrongPlaceIsRefused(String text) {
        assertThatExceptionOfType(JsonProcessingException.class).isThrownBy(() -> events.event(json(text)));
    }

    @Test
    void whatIsCutOffIsRefused() {
        var whole = json("{'type':'ADDED','object':" + POD + "}");
        for (var length = 1; length < whole.length(); length++) {
            var part = whole.substring(0, length);
            assertThatExceptionOfType(JsonProcessingException.class).as(part).isThrownBy(() -> events.event(part));
        }
    }

    private static void expired(Status status) {
        assertThat(status.getCode()).isEqualTo(410);
        assertThat(status.getStatus()).isEqualTo("Failure");
        assertThat(status.getReason()).isEqualTo("Expired");
        assertThat(status.getMessage()).isEqualTo("too old");
        assertThat(status.getDetails().getRetryAfterSeconds()).isEqualTo(9);
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }
}
