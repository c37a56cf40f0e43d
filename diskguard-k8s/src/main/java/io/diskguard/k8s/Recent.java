/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.k8s;

import java.io.Serial;
import java.util.LinkedHashMap;
import java.util.Map;

/** A map that forgets what was longest not asked for. Not thread-safe. */
final class Recent<K, V> extends LinkedHashMap<K, V> {
    @Serial
    private static final long serialVersionUID = 1;

    private static final float LOAD = 0.75f;

    private final int most;

    Recent(int most) {
        super(16, LOAD, true);
        this.most = most;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > most;
    }
}
