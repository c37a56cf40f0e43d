/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.api;

import java.util.List;
import java.util.Locale;

/**
 * Something that an operator should look at. Immutable.
 *
 * @param what kind of problem, in snake_case
 * @param subject what it is about
 * @param detail what was found
 * @param toDo what to do about it
 */
record Problem(Severity severity, String what, String subject, String detail, String toDo) {
    /** How bad it is; the worst first. */
    enum Severity {
        /** Something does not work. */
        ERROR,
        /** Something is not as it was meant. */
        WARNING
    }

    static Problem error(String what, String subject, String detail, String toDo) {
        return new Problem(Severity.ERROR, what, subject, detail, toDo);
    }

    static Problem warning(String what, String subject, String detail, String toDo) {
        return new Problem(Severity.WARNING, what, subject, detail, toDo);
    }

    static Reply reply(List<Problem> problems) {
        return Reply.many(problems, (json, it) -> json.put(
                        "severity", it.severity().name().toLowerCase(Locale.ROOT))
                .put("what", it.what())
                .put("subject", it.subject())
                .put("detail", it.detail())
                .put("to_do", it.toDo()));
    }
}
