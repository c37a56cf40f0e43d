/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.doctor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Waits for checks that are under way, each of them not longer than a limit. Used once. */
final class Patience {
    private static final int LOOK_MILLIS = 200;
    private static final int LOOKS_MAX = 75;

    private final Consumer<List<String>> progress;
    private int looks;

    /** @param progress told what is waited for */
    Patience(Consumer<List<String>> progress) {
        this.progress = progress;
    }

    Map<Check, List<Finding>> await(Map<Check, FutureTask<List<Finding>>> late) {
        var found = new LinkedHashMap<Check, List<Finding>>();
        late.forEach((check, answer) -> found.put(check, await(check, answer, late)));
        return found;
    }

    private List<Finding> await(
            Check check, FutureTask<List<Finding>> answer, Map<Check, FutureTask<List<Finding>>> all) {
        while (true) {
            try {
                return answer.get(looks < LOOKS_MAX ? LOOK_MILLIS : 0, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                if (looks >= LOOKS_MAX) {
                    answer.cancel(true);
                    return List.of(late(check));
                }
                looks++;
                progress.accept(pending(all));
            } catch (ExecutionException e) {
                throw new IllegalStateException("a check tells its own failure", e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return List.of(late(check));
            }
        }
    }

    private static List<String> pending(Map<Check, FutureTask<List<Finding>>> all) {
        var names = new ArrayList<String>();
        all.forEach((check, answer) -> {
            if (!answer.isDone()) {
                names.add(check.name());
            }
        });
        return names;
    }

    private static Finding late(Check check) {
        return Finding.wrong(
                check,
                "waited " + LOOKS_MAX * LOOK_MILLIS / 1000 + " s for it",
                "there is no answer",
                "see what hangs there; try again");
    }
}
