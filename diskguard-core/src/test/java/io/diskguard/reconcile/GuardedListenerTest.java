/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GuardedListenerTest {
    @Test
    void oneThatThrowsCostsTheOthersNothing() {
        var heard = new ArrayList<String>();
        var both = new GuardedListener(List.of(
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
                }));

        both.tell(to -> to.podFailed("a", new RuntimeException()));

        assertThat(heard).containsExactly("a");
    }
}
