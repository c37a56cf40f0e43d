/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.doctor;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * One thing that was looked at. Immutable.
 *
 * @param id of the check, for programs
 * @param check what was looked at
 * @param tried how
 * @param found what is so
 * @param toDo about it, where there is something to do or to know
 */
public record Finding(String id, String check, Verdict verdict, String tried, String found, Optional<String> toDo) {
    /** How it is. */
    public enum Verdict {
        OK,
        /** It works, with something to know or to do. */
        NOTE,
        /** It does not work. */
        WRONG,
        /** It cannot be told as long as something else is wrong. */
        SKIPPED
    }

    static Finding ok(Check check, String tried, String found) {
        return of(check, Verdict.OK, tried, found, Optional.empty());
    }

    static Finding note(Check check, String tried, String found, String toDo) {
        return of(check, Verdict.NOTE, tried, found, Optional.of(toDo));
    }

    static Finding wrong(Check check, String tried, String found, String toDo) {
        return of(check, Verdict.WRONG, tried, found, Optional.of(toDo));
    }

    private static Finding of(Check check, Verdict verdict, String tried, String found, Optional<String> toDo) {
        return new Finding(check.id(), check.name(), verdict, tried, found, toDo);
    }

    /** The same as a consequence of what is wrong elsewhere. */
    Finding because(Collection<String> others) {
        return new Finding(
                id, check, Verdict.SKIPPED, tried, found, Optional.of("first see " + String.join(" and ", others)));
    }

    boolean isTrouble() {
        return verdict == Verdict.WRONG || verdict == Verdict.NOTE;
    }

    static boolean isAnyWrong(List<Finding> findings) {
        return findings.stream().anyMatch(each -> each.verdict() == Verdict.WRONG);
    }
}
