/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.doctor;

import java.util.List;
import java.util.Optional;

/**
 * One thing that was looked at. Immutable.
 *
 * @param check what was looked at
 * @param tried how
 * @param found what is so
 * @param toDo about it, where there is something to do or to know
 */
public record Finding(String check, Verdict verdict, String tried, String found, Optional<String> toDo) {
    /** How it is. */
    public enum Verdict {
        OK,
        /** It works, with something to know or to do. */
        NOTE,
        /** It does not work. */
        WRONG
    }

    static Finding ok(Check check, String tried, String found) {
        return new Finding(check.name(), Verdict.OK, tried, found, Optional.empty());
    }

    static Finding note(Check check, String tried, String found, String toDo) {
        return new Finding(check.name(), Verdict.NOTE, tried, found, Optional.of(toDo));
    }

    static Finding wrong(Check check, String tried, String found, String toDo) {
        return new Finding(check.name(), Verdict.WRONG, tried, found, Optional.of(toDo));
    }

    static boolean isAnyWrong(List<Finding> findings) {
        return findings.stream().anyMatch(each -> each.verdict() == Verdict.WRONG);
    }
}
