/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What makes fish complete a command line; picocli knows bash and zsh only. */
final class FishCompletion {
    private FishCompletion() {}

    static String of(CommandLine root) {
        var lines = new ArrayList<String>();
        var name = root.getCommandName();
        lines.add("complete -c " + name + " -f");
        command(name, List.of(), root.getCommandSpec(), lines);
        return String.join("\n", lines) + "\n";
    }

    private static void command(String program, List<String> path, CommandSpec spec, List<String> lines) {
        var subcommands = spec.subcommands().keySet();
        var when = "complete -c " + program + " -n "
                + quoted(condition(path, subcommands.stream().toList()));
        spec.subcommands()
                .forEach((name, sub) -> lines.add(when + " -a " + name + " -d "
                        + quoted(sub.getCommandSpec().usageMessage().description()[0])));
        spec.options().forEach(option -> lines.add(when + option(option)));
        spec.positionalParameters()
                .forEach(parameter -> values(parameter).forEach(value -> lines.add(when + " -a " + quoted(value))));
        spec.subcommands().forEach((name, sub) -> {
            var below = new ArrayList<>(path);
            below.add(name);
            command(program, below, sub.getCommandSpec(), lines);
        });
    }

    private static String condition(List<String> path, List<String> subcommands) {
        var words = new ArrayList<String>();
        if (path.isEmpty()) {
            return "__fish_use_subcommand";
        }
        path.forEach(word -> words.add("__fish_seen_subcommand_from " + word));
        if (!subcommands.isEmpty()) {
            words.add("not __fish_seen_subcommand_from " + String.join(" ", subcommands));
        }
        return String.join("; and ", words);
    }

    private static String option(OptionSpec option) {
        var words = new StringBuilder();
        for (var name : option.names()) {
            words.append(name.startsWith("--") ? " -l " : " -s ").append(name.replaceFirst("^-+", ""));
        }
        if (option.arity().max() > 0) {
            var values = values(option);
            words.append(values.isEmpty() ? " -r -F" : " -x -a " + quoted(String.join(" ", values)));
        }
        var description = option.description();
        return description.length == 0 ? words.toString() : words + " -d " + quoted(description[0]);
    }

    private static List<String> values(ArgSpec argument) {
        var values = new ArrayList<String>();
        var candidates = argument.completionCandidates();
        if (candidates != null) {
            candidates.forEach(values::add);
        } else if (argument.type().isEnum()) {
            for (var constant : argument.type().getEnumConstants()) {
                values.add(constant.toString());
            }
        }
        return values;
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
