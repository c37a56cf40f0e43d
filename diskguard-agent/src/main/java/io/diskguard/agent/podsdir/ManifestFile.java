/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.podsdir;

import io.diskguard.model.Pod;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What is known of one manifest file. Immutable.
 *
 * @param content as last read; empty where it could not be read
 * @param good the pods of its last valid content; empty if it had none since the start
 * @param problem what is wrong with the present content
 * @param reported whether the problem was logged
 */
record ManifestFile(byte[] content, Optional<List<Pod>> good, Optional<String> problem, boolean reported) {
    static final ManifestFile NEW = new ManifestFile(new byte[0], Optional.empty(), Optional.empty(), true);

    List<Pod> lastGood() {
        return good.orElse(List.of());
    }

    boolean holds(byte[] other) {
        return this != NEW && Arrays.equals(content, other);
    }

    ManifestFile good(byte[] now, List<Pod> pods) {
        return new ManifestFile(now, Optional.of(pods), Optional.empty(), true);
    }

    /** The same problem with the same content a second time stays as reported as it was. */
    ManifestFile bad(byte[] now, String what) {
        var same = problem.equals(Optional.of(what)) && Arrays.equals(content, now);
        return same ? this : new ManifestFile(now, good, Optional.of(what), false);
    }

    ManifestFile asReported() {
        return new ManifestFile(content, good, problem, true);
    }
}
