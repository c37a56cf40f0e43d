/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListenersTest {
    @Test
    void oneThatThrowsCostsTheOthersNothing() {
        var heard = new ArrayList<String>();
        var both = DiskGuardListener.of(
                new DiskGuardListener() {
                    @Override
                    public void podFailed(String uid, RuntimeException failure) {
                        throw new IllegalStateException("broken for the test");
                    }
                },
                new DiskGuardListener() {
                    @Override
                    public void podFailed(String uid, RuntimeException failure) {
                        heard.add(uid);
                    }
                });

        both.podFailed("a", new RuntimeException());

        assertThat(heard).containsExactly("a");
    }

    @Test
    void everyEventReachesEach() throws ReflectiveOperationException {
        var heard = new ArrayList<String>();
        var one = (DiskGuardListener) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DiskGuardListener.class}, (proxy, method, arguments) -> {
                    heard.add(method.getName());
                    return null;
                });
        var both = DiskGuardListener.of(one, one);
        var events = Arrays.stream(DiskGuardListener.class.getMethods())
                .filter(Method::isDefault)
                .toList();
        for (var event : events) {
            event.invoke(
                    both,
                    Arrays.stream(event.getParameterTypes())
                            .map(ListenersTest::any)
                            .toArray());
        }

        var twice = new ArrayList<>(events.stream().map(Method::getName).toList());
        twice.addAll(List.copyOf(twice));
        assertThat(heard).containsExactlyInAnyOrderElementsOf(twice);
    }

    private static Object any(Class<?> type) {
        return type == int.class ? (Object) 0 : null;
    }
}
