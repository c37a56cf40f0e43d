/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.diskguard.annotation.AnnotationReader;
import io.diskguard.annotation.Reading;
import io.diskguard.model.DeviceId;
import io.diskguard.model.Disk;
import io.diskguard.model.DiskUse;
import io.diskguard.model.LimitKey;
import io.diskguard.model.Rate;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/annotations.md shows is read, and means what it says there. */
class AnnotationsPageTest {
    private static final Path PAGE = Path.of("docs/annotations.md");
    private static final Pattern VALUE = Pattern.compile("(?m)^\\| `([^`/][^`]*)` \\| ([\\w ]+) \\| ([\\w ]+) \\|$");
    private static final Disk DISK = new Disk(new DeviceId(259, 0), "nvme1n1");

    private final AnnotationReader reader = new AnnotationReader("iops-limit");

    private List<Reading> examples() throws JsonProcessingException {
        var examples = new ArrayList<Reading>();
        for (var block : DocumentsTest.blocks(PAGE, "yaml")) {
            var annotations = new YAMLMapper().readTree(block).at("/metadata/annotations");
            examples.add(reader.read(
                    new YAMLMapper().convertValue(annotations, new TypeReference<Map<String, String>>() {})));
        }
        return examples;
    }

    private static Optional<String> origin(Reading reading, String container, DiskUse use, LimitKey limit, long rate) {
        var value = Optional.ofNullable(
                reading.on(Optional.of(container), use).values().get(limit));
        return value.filter(it -> it.rate().equals(Rate.ofZeroIsUnlimited(rate)))
                .map(Reading.Value::key);
    }

    @Test
    void everyExampleIsReadWithoutAProblem() throws JsonProcessingException {
        assertThat(examples()).hasSize(3).allSatisfy(reading -> assertThat(reading.problems())
                .isEmpty());
    }

    @Test
    void theExamplesMeanWhatTheirCommentsSay() throws JsonProcessingException {
        var all = DiskUse.guarded(DISK);
        var flat = examples().get(0);
        assertThat(origin(flat, "any", all, LimitKey.RIOPS, 2000)).contains("iops-limit/read-iops");
        assertThat(origin(flat, "any", all, LimitKey.WBPS, 50 << 20)).contains("iops-limit/bps");

        var rules = examples().get(1);
        var data = new DiskUse(new Disk(new DeviceId(8, 0), "sda"), false, Set.of("data"), false);
        var sda = DiskUse.guarded(new Disk(new DeviceId(8, 0), "sda"));
        assertThat(origin(rules, "any", sda, LimitKey.RIOPS, 1000)).contains("iops-limit/iops");
        assertThat(origin(rules, "backup", sda, LimitKey.RIOPS, 200))
                .contains("iops-limit/policy[0] (container backup)");
        assertThat(origin(rules, "any", data, LimitKey.WIOPS, 4000)).contains("iops-limit/policy[1] (volume data)");
        assertThat(origin(rules, "postgres", data, LimitKey.WIOPS, 8000))
                .contains("iops-limit/policy[2] (container postgres, volume data)");
        assertThat(origin(rules, "any", all, LimitKey.RBPS, 0)).contains("iops-limit/policy[4] (device nvme1n1)");

        assertThat(origin(examples().get(2), "any", all, LimitKey.WBPS, 10 << 20))
                .contains("iops-limit/policy[1] (device 259:0)");
    }

    @Test
    void theTableOfValuesIsRight() {
        var rows = VALUE.matcher(House.read(PAGE)).results().toList();
        assertThat(rows).hasSizeGreaterThan(12).allSatisfy(row -> {
            assertThat(meaning("iops", row.group(1), LimitKey.RIOPS))
                    .as(row.group(1))
                    .isEqualTo(row.group(2));
            assertThat(meaning("bps", row.group(1), LimitKey.WBPS))
                    .as(row.group(1))
                    .isEqualTo(row.group(3));
        });
    }

    private String meaning(String key, String text, LimitKey limit) {
        var values = reader.read(Map.of("iops-limit/" + key, text))
                .on(Optional.empty(), DiskUse.guarded(DISK))
                .values();
        return Optional.ofNullable(values.get(limit))
                .map(value ->
                        value.rate().isUnlimited() ? "no limit" : value.rate().toString())
                .orElse("wrong");
    }
}
