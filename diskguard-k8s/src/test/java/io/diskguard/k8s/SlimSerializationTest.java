/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SlimSerializationTest {
    private final SlimSerialization ours = SlimSerialization.within(Bounds.USUAL);
    private final KubernetesSerialization theirs = new KubernetesSerialization(new ObjectMapper(), false);

    /** Also of what a later version of the client has: then this fails, as a field lacks. */
    @Test
    void everyListOptionIsAskedForAsByTheClientItself() {
        var mapper = new ObjectMapper();
        var values = new TreeMap<String, Object>();
        for (var field : ListOptions.class.getDeclaredFields()) {
            var name = field.getName().replace("_", "");
            if (field.getType() == Boolean.class) {
                values.put(name, true);
            } else if (field.getType() == Long.class) {
                values.put(name, 7L);
            } else if (field.getType() == String.class) {
                values.put(name, "some");
            } else {
                assertThat(name).isIn("additionalProperties");
            }
        }
        assertThat(values).hasSizeGreaterThan(10);

        sameQuery(mapper.convertValue(values, ListOptions.class));
        sameQuery(new ListOptions());
        sameQuery(new ListOptionsBuilder()
                .withFieldSelector("spec.nodeName=a")
                .withLimit(0L)
                .withWatch(false)
                .build());
    }

    @Test
    void whatTheAgentDoesNotNeedIsABugAndIsCalledSo() {
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> ours.unmarshal("{}", Node.class))
                .withMessageContaining(Node.class.getName());
    }

    private void sameQuery(ListOptions options) {
        assertThat(query(ours, options)).isEqualTo(query(theirs, options));
    }

    /** As the client's {@code BaseOperation} makes it. */
    private static Map<?, ?> query(KubernetesSerialization serialization, ListOptions options) {
        var query = serialization.convertValue(options, TreeMap.class);
        query.remove("apiVersion");
        query.remove("kind");
        return query;
    }
}
