/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.testkit.fault;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What becomes of a call. Write your own where those here do not do: it may ask the real port, before, after or never. */
@FunctionalInterface
public interface Fault {
    /** Answers in place of the real port. An answer of another type than the operation's is a {@link ClassCastException} there. */
    @Nullable
    Object answer(Call call) throws Throwable;

    /**
     * It throws, and nothing is done.
     *
     * @param failure a checked one that the operation does not declare comes as
     *     {@link java.lang.reflect.UndeclaredThrowableException}
     */
    static Fault fail(Supplier<? extends Throwable> failure) {
        return call -> {
            throw failure.get();
        };
    }

    /** It hangs until it is {@linkplain Hang#release released}, and is done then. */
    static Hang hang() {
        return new Hang();
    }

    /** What is answered was true before {@code meanwhile} happened: the pod is gone, another one has its name. */
    static Fault late(Runnable meanwhile) {
        return call -> {
            var before = call.proceed();
            meanwhile.run();
            return before;
        };
    }

    /** It answers that, and nothing is done; null too, as a plugin without null checks may. */
    static Fault garbage(@Nullable Object answer) {
        return call -> answer;
    }

    /** It is done, and answered with that. */
    static Fault misreported(@Nullable Object answer) {
        return call -> {
            call.proceed();
            return answer;
        };
    }
}
