/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.example.batch;

import io.diskguard.provider.ProviderSelection;
import io.diskguard.provider.ProviderSelectionException;
import io.diskguard.provider.ProviderSource;
import io.diskguard.spi.CgroupDriver;
import io.diskguard.spi.Environment;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** The command line: a configuration file; {@code status}, {@code explain JOB} and {@code quit} on standard input. */
public final class Main {
    private static final int MISUSE = 2;

    private Main() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length != 1) {
            System.err.println("usage: batch-agent FILE");
            System.exit(MISUSE);
        }
        var environment = Environment.system();
        try (var driver = driver(environment);
                var agent = new BatchAgent(environment, driver, Path.of(args[0]), System.out::println)) {
            // SIGTERM ends the JVM without coming back here: a limit that is not to stay is taken back before that
            Runtime.getRuntime().addShutdownHook(new Thread(agent::close));
            agent.start();
            obey(agent);
        } catch (ProviderSelectionException | IllegalArgumentException e) {
            System.err.println("batch-agent: " + e.getMessage());
            System.exit(MISUSE);
        }
    }

    /** The one driver that fits this node's kernel, of those on the class path. */
    private static CgroupDriver driver(Environment environment) {
        var providers = ProviderSource.serviceLoader(Main.class.getClassLoader());
        return ProviderSelection.choose(CgroupDriver.Factory.class, providers, environment, Optional.empty())
                .provider()
                .create(environment);
    }

    private static void obey(BatchAgent agent) throws IOException, InterruptedException {
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (var line = in.readLine(); line != null; line = in.readLine()) {
            var words = line.strip().split("\\s+");
            switch (words[0]) {
                case "status" -> System.out.println(agent.status());
                case "explain" -> System.out.println(agent.explain(words.length > 1 ? words[1] : ""));
                case "quit" -> {
                    return;
                }
                default -> System.out.println("status, explain JOB or quit");
            }
        }
        // Nobody types: a service
        new CountDownLatch(1).await();
    }
}
