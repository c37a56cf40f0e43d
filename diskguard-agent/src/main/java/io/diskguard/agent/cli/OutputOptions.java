/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.cli;

import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** How a command answers whose output is data. */
final class OutputOptions {
    @Option(
            names = "--output",
            paramLabel = "text|json",
            defaultValue = "text",
            description = "Format of the answer (default: text).")
    private OutputFormat output = OutputFormat.TEXT;

    /** For an answer that is printed as it comes. */
    boolean isJson() {
        return output == OutputFormat.JSON;
    }

    void print(Console console, Supplier<String> text, Supplier<String> json) {
        console.out().print(isJson() ? json.get() : text.get());
        console.out().flush();
    }
}
