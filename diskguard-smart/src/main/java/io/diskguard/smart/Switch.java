/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.smart;

import io.diskguard.config.SmartSettings;
import io.diskguard.smart.state.SmartStateCodec;
import java.util.Optional;

/**
 * What a change of settings means to limits: smart limit enforces, or decides in shadow, or is off. Immutable.
 *
 * @param reason why the limits until now go, for people; empty: they go on, or there are none
 * @param leavesWords whether pods say what nobody stands up for after it
 * @param isStart whether limits are enforced from now on that were not
 */
record Switch(Optional<String> reason, boolean leavesWords, boolean isStart) {
    static Switch of(SmartSettings from, SmartSettings to) {
        var isShadow = to.enabled() && !isEnforced(to);
        return new Switch(
                reason(from, to),
                isShadow && (isEnforced(from) || !from.enabled()),
                isEnforced(to) && !isEnforced(from));
    }

    private static Optional<String> reason(SmartSettings from, SmartSettings to) {
        if (from.enabled() == to.enabled() && from.mode() == to.mode() || !from.enabled()) {
            return Optional.empty();
        }
        return Optional.of(
                !to.enabled()
                        ? SmartStateCodec.SWITCHED_OFF
                        : isEnforced(to) ? "smart limit is in force from now on" : SmartStateCodec.IN_SHADOW);
    }

    static boolean isEnforced(SmartSettings settings) {
        return settings.enabled() && settings.mode() == SmartSettings.Mode.ENFORCE;
    }
}
