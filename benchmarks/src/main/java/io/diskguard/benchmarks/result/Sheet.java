/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.benchmarks.result;

import io.diskguard.spi.Environment;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes the rows of one benchmark, prints each, and leaves them in a file when it is closed. Used by one thread. */
public final class Sheet implements AutoCloseable {
    private final String benchmark;
    private final List<Row> rows = new ArrayList<>();

    public Sheet(String benchmark) {
        this.benchmark = benchmark;
    }

    /** Whether to take as few measurements as show that everything works. */
    public static boolean isQuick() {
        return Boolean.getBoolean("diskguard.quick");
    }

    public void measured(Budget budget, double... values) {
        add(new Row(budget, Optional.of(Spread.of(values)), ""));
    }

    public void notMeasured(Budget budget, String why) {
        add(new Row(budget, Optional.empty(), why));
    }

    private void add(Row row) {
        Lines.print("%s", row);
        rows.add(row);
    }

    /** What an earlier run has left of this benchmark is replaced, but not by nothing. */
    @Override
    public void close() throws IOException {
        if (!rows.isEmpty()) {
            var today = LocalDate.ofInstant(Environment.system().clock().instant(), ZoneOffset.UTC);
            new Results(Machine.here(), today, isQuick(), rows)
                    .write(Path.of(System.getProperty("diskguard.results", "target/results"), benchmark + ".json"));
        }
    }
}
