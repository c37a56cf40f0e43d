/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.testkit.fault;

import io.diskguard.spi.Environment;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Stands before a port, any interface that is handed to the builder or made by a provider, and has its operations go wrong
 * as a {@link FaultPlan} says. What it answers is the real port's, and where that is another port
 * ({@code CgroupFs.openWatch}) it is a faulty one too. Thread-safe as the real one is.
 */
public final class Faulty {
    private Faulty() {}

    /** The port, with the faults of the plan. */
    public static <T> T of(Class<T> port, T real, FaultPlan plan) {
        return of(port, real, plan, Optional.empty());
    }

    private static <T> T of(Class<T> port, T real, FaultPlan plan, Optional<Call> giver) {
        var handler = new Handler(port, real, plan, giver);
        return port.cast(Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, handler));
    }

    /**
     * Every operation of the port and of the ports that it gives, {@code CgroupFs.exists(CgroupPath,String)}: a test that has
     * something for each of them fails when the port gets another one.
     */
    public static Set<String> operations(Class<?> port) {
        var ports = new ArrayList<Class<?>>(List.of(port));
        var names = new TreeSet<String>();
        for (var i = 0; i < ports.size(); i++) {
            for (var method : ports.get(i).getMethods()) {
                if (!Modifier.isStatic(method.getModifiers())) {
                    names.add(name(ports.get(i), method));
                    given(method).filter(each -> !ports.contains(each)).ifPresent(ports::add);
                }
            }
        }
        return Collections.unmodifiableSet(names);
    }

    private static String name(Class<?> port, Method method) {
        return Arrays.stream(method.getParameterTypes())
                .map(Class::getSimpleName)
                .collect(Collectors.joining(",", port.getSimpleName() + "." + method.getName() + "(", ")"));
    }

    /** The port that a method gives, itself or in an optional; empty for a value. */
    private static Optional<Class<?>> given(Method method) {
        var type = method.getGenericReturnType();
        if (type instanceof ParameterizedType generic && generic.getRawType() == Optional.class) {
            type = generic.getActualTypeArguments()[0];
        }
        return type instanceof Class<?> answer
                        && answer.isInterface()
                        && !answer.isSealed()
                        && answer.getPackage().equals(Environment.class.getPackage())
                ? Optional.of(answer)
                : Optional.empty();
    }

    private record Handler(Class<?> port, Object real, FaultPlan plan, Optional<Call> giver)
            implements InvocationHandler {
        @Override
        public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
                throws Throwable {
            if (method.getDeclaringClass() == Object.class) {
                return ofObject(proxy, method, arguments);
            }
            var list = arguments == null ? List.<@Nullable Object>of() : Arrays.asList(arguments);
            var call = new Call(name(port, method), list, giver, () -> real(method, arguments));
            var asked = new Call(call.operation(), list, giver, () -> faulty(method, call));
            return plan.answer(asked);
        }

        private Object ofObject(Object proxy, Method method, @Nullable Object @Nullable [] arguments) {
            return switch (method.getName()) {
                case "equals" -> arguments != null && proxy == arguments[0];
                case "hashCode" -> System.identityHashCode(proxy);
                default -> real.toString();
            };
        }

        private @Nullable Object real(Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
            try {
                return method.invoke(real, arguments);
            } catch (InvocationTargetException e) {
                throw e.getTargetException();
            }
        }

        private @Nullable Object faulty(Method method, Call call) throws Throwable {
            var answer = call.proceed();
            var type = given(method);
            if (type.isEmpty() || answer == null) {
                return answer;
            }
            return answer instanceof Optional<?> some
                    ? some.map(one -> wrap(type.get(), one, call))
                    : wrap(type.get(), answer, call);
        }

        private <T> T wrap(Class<T> type, Object one, Call call) {
            return of(type, type.cast(one), plan, Optional.of(call));
        }
    }
}
