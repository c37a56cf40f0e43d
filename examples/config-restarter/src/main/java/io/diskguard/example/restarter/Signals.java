/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.example.restarter;

import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntConsumer;

/** Signals to this process; their numbers are Linux's, on x86 and ARM. */
final class Signals {
    static final Map<String, Integer> STOPPING = Map.of("TERM", 15, "INT", 2);
    /** Not QUIT: the JVM keeps it for thread dumps. */
    static final Map<String, Integer> PASSED_ON = new TreeMap<>(Map.of("HUP", 1, "USR1", 10, "USR2", 12, "WINCH", 28));

    private Signals() {}

    /**
     * Has a signal told instead of what the JVM does with it. sun.misc.Signal is exported by jdk.unsupported, but a compiler warns of it
     * in a way that nothing silences; hence by its name.
     */
    static void handle(String name, int number, IntConsumer told) {
        try {
            var signal = Class.forName("sun.misc.Signal");
            var handler = Class.forName("sun.misc.SignalHandler");
            var proxy = Proxy.newProxyInstance(
                    handler.getClassLoader(), new Class<?>[] {handler}, (self, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            told.accept(number);
                        }
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot handle SIG" + name, e);
        }
    }
}
