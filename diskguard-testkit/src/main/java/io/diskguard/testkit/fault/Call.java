/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.testkit.fault;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One call of one operation of a port, on its way to the real one. Used by the thread that makes it. */
public final class Call {
    private final String operation;
    private final List<@Nullable Object> arguments;
    private final Optional<Call> giver;
    private final Real real;

    /** Asks the real port. */
    interface Real {
        @Nullable
        Object answer() throws Throwable;
    }

    /** @param giver the call that the port itself was an answer to */
    Call(String operation, List<@Nullable Object> arguments, Optional<Call> giver, Real real) {
        this.operation = operation;
        this.arguments = arguments;
        this.giver = giver;
        this.real = real;
    }

    /** As {@link Faulty#operations} names it. */
    public String operation() {
        return operation;
    }

    /**
     * The first argument of that type. A port that another call gave ({@code CgroupFs.file}) was made with the arguments
     * of that call, so they are looked at too.
     */
    public <T> Optional<T> argument(Class<T> type) {
        return arguments.stream()
                .filter(type::isInstance)
                .findFirst()
                .<T>map(type::cast)
                .or(() -> giver.flatMap(call -> call.argument(type)));
    }

    /** What the real port answers now; throws what it throws. */
    public @Nullable Object proceed() throws Throwable {
        return real.answer();
    }

    @Override
    public String toString() {
        return operation + " " + arguments + giver.map(call -> " of " + call).orElse("");
    }
}
