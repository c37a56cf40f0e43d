/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.benchmarks.result;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one benchmark has found, as it is kept in a file.
 *
 * @param quick whether it was measured just to see that it works
 */
public record Results(Machine machine, LocalDate date, boolean quick, List<Row> rows) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public Results {
        rows = List.copyOf(rows);
    }

    void write(Path file) throws IOException {
        var root = JSON.createObjectNode();
        root.putObject("machine")
                .put("processor", machine.processor())
                .put("cores", machine.cores())
                .put("kernel", machine.kernel())
                .put("java", machine.java());
        root.put("date", date.toString()).put("quick", quick);
        var list = root.putArray("rows");
        rows.forEach(row -> write(row, list.addObject()));
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, root.toPrettyString() + "\n");
    }

    private static void write(Row row, ObjectNode to) {
        to.put("row", row.budget().row())
                .put("what", row.budget().what())
                .put("unit", row.budget().unit());
        row.spread().ifPresent(spread -> to.put("median", spread.median())
                .put("least", spread.least())
                .put("most", spread.most()));
        to.put("reach", row.budget().reach()).put("aim", row.budget().aim()).put("note", row.note());
    }

    static Results read(Path file) throws IOException {
        var root = JSON.readTree(file.toFile());
        var machine = root.required("machine");
        var rows = new ArrayList<Row>();
        root.required("rows").forEach(row -> rows.add(row(row)));
        return new Results(
                new Machine(
                        machine.required("processor").asText(),
                        machine.required("cores").asInt(),
                        machine.required("kernel").asText(),
                        machine.required("java").asText()),
                LocalDate.parse(root.required("date").asText()),
                root.required("quick").asBoolean(),
                rows);
    }

    private static Row row(JsonNode from) {
        var budget = new Budget(
                from.required("row").asText(),
                from.required("what").asText(),
                from.required("unit").asText(),
                from.required("reach").asDouble(),
                from.required("aim").asDouble());
        var spread = from.has("median")
                ? Optional.of(new Spread(
                        from.required("median").asDouble(),
                        from.required("least").asDouble(),
                        from.required("most").asDouble()))
                : Optional.<Spread>empty();
        return new Row(budget, spread, from.required("note").asText());
    }
}
