/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.testkit.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Which operations of the {@linkplain Faulty faulty} ports go wrong, and how; none at first. Thread-safe. */
public final class FaultPlan {
    private final List<Rule> rules = new ArrayList<>();
    private int met;

    private record Rule(String operation, Predicate<Call> where, Fault fault) {
        boolean is(Call call) {
            return isNamed(operation, call.operation()) && where.test(call);
        }
    }

    /** One by which nothing goes wrong. */
    public FaultPlan() {}

    /** The same at each call. */
    public FaultPlan at(Class<?> port, String operation, Fault fault) {
        return at(port, operation, call -> true, fault);
    }

    /**
     * From now on each such call has this fault; of several that fit the one that was planned last.
     *
     * @param operation a method's name; with its parameters, {@code exists(CgroupPath,String)}, where only one of several is meant
     * @param where which calls
     * @throws IllegalArgumentException if the port has no such operation
     */
    public FaultPlan at(Class<?> port, String operation, Predicate<Call> where, Fault fault) {
        var name = port.getSimpleName() + "." + operation;
        if (Faulty.operations(port).stream().noneMatch(each -> isNamed(name, each))) {
            throw new IllegalArgumentException("there is no operation " + name + ", only " + Faulty.operations(port));
        }
        synchronized (rules) {
            rules.add(0, new Rule(name, where, fault));
        }
        return this;
    }

    private static boolean isNamed(String name, String operation) {
        return operation.equals(name) || operation.startsWith(name + "(");
    }

    /** From now on nothing goes wrong; what hangs goes on. */
    public void end() {
        List<Rule> ended;
        synchronized (rules) {
            ended = List.copyOf(rules);
            rules.clear();
        }
        ended.forEach(rule -> {
            if (rule.fault() instanceof Hang hang) {
                hang.release();
            }
        });
    }

    /** How many calls met a fault so far: a test in which none did has tested nothing. */
    public int met() {
        synchronized (rules) {
            return met;
        }
    }

    @Nullable
    Object answer(Call call) throws Throwable {
        var fault = due(call);
        return fault == null ? call.proceed() : fault.answer(call);
    }

    private @Nullable Fault due(Call call) {
        synchronized (rules) {
            for (var rule : rules) {
                if (rule.is(call)) {
                    met++;
                    return rule.fault();
                }
            }
            return null;
        }
    }
}
