/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Runs one short command of the system. */
final class Command {
    private Command() {}

    /** @return what it printed; its errors too, where it failed */
    static Result run(List<String> words) throws DemoException {
        try {
            var process = new ProcessBuilder(words).redirectErrorStream(true).start();
            process.getOutputStream().close();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return new Result(waitUninterrupted(process), output);
        } catch (IOException e) {
            throw new DemoException(words.get(0) + " cannot be run, is it installed (util-linux)? " + e.getMessage());
        }
    }

    /** Cleaning up must come to its end even when the demonstration is being stopped. */
    static int waitUninterrupted(Process process) {
        var interrupted = false;
        try {
            while (true) {
                try {
                    return process.waitFor();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    record Result(int exit, String output) {
        boolean isOk() {
            return exit == 0;
        }
    }
}
