/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.scenarios.node;

import static io.diskguard.model.Rate.UNLIMITED;
import static io.diskguard.model.Rate.perSecond;

import io.diskguard.model.IoLimit;

/** Limits beside what the configuration says of pods that say nothing: 500 operations a second, each direction. */
public final class Limits {
    private static final int DEFAULT = 500;

    private Limits() {}

    public static IoLimit writes(long perSecond) {
        return new IoLimit(perSecond(DEFAULT), perSecond(perSecond), UNLIMITED, UNLIMITED);
    }

    public static IoLimit readBytes(long perSecond) {
        return new IoLimit(perSecond(DEFAULT), perSecond(DEFAULT), perSecond(perSecond), UNLIMITED);
    }

    /** Of a pod that says nothing. */
    public static IoLimit usual() {
        return writes(DEFAULT);
    }
}
