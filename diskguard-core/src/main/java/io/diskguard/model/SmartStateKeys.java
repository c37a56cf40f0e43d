/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.model;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The annotations in which smart limit keeps its state with a pod: the only ones that an agent ever writes, and none of
 * those that a pod's owner writes. The admission policy of the Helm chart permits these and no other.
 */
public final class SmartStateKeys {
    /** {@code "true"} while a smart limit is in force. */
    public static final String SMART_LIMIT = "smart-limit";
    /** The window that triggered: {@code 15m}. */
    public static final String TRIGGERED_BY = "triggered-by";
    /** What exceeded what: {@code 15m[ReadIOPS:0.92>0.80]}. */
    public static final String TRIGGER_REASON = "trigger-reason";
    /** In one word why there is a limit: {@code high-io-detected}. */
    public static final String LIMIT_REASON = "limit-reason";
    /** Read operations a second, of the strictest container; so are the other three. */
    public static final String READ_IOPS_LIMIT = "read-iops-limit";
    /** Write operations a second. */
    public static final String WRITE_IOPS_LIMIT = "write-iops-limit";
    /** Bytes read a second. */
    public static final String READ_BPS_LIMIT = "read-bps-limit";
    /** Bytes written a second. */
    public static final String WRITE_BPS_LIMIT = "write-bps-limit";
    /** Operations a second that were computed. */
    public static final String AUTO_IOPS = "auto-iops";
    /** Bytes a second that were computed. */
    public static final String AUTO_BPS = "auto-bps";
    /** When it was set, in RFC 3339. */
    public static final String APPLIED_AT = "applied-at";
    /** All of it, for each container and disk, in compact JSON. */
    public static final String SMART_STATE = "smart-state";
    /** {@code "true"} once the pod's last limited container was released. */
    public static final String LIMIT_REMOVED = "limit-removed";
    /** When that was, in RFC 3339. */
    public static final String REMOVED_AT = "removed-at";
    /** Why. */
    public static final String REMOVED_REASON = "removed-reason";

    private static final List<String> NAMES = List.of(
            SMART_LIMIT,
            TRIGGERED_BY,
            TRIGGER_REASON,
            LIMIT_REASON,
            READ_IOPS_LIMIT,
            WRITE_IOPS_LIMIT,
            READ_BPS_LIMIT,
            WRITE_BPS_LIMIT,
            AUTO_IOPS,
            AUTO_BPS,
            APPLIED_AT,
            SMART_STATE,
            LIMIT_REMOVED,
            REMOVED_AT,
            REMOVED_REASON);

    private SmartStateKeys() {}

    /** Their names, without a prefix. */
    public static List<String> names() {
        return NAMES;
    }

    /** The keys below a prefix, {@code iops-limit/smart-limit} and so on, in the order of {@link #names()}. */
    public static Set<String> below(String prefix) {
        var keys = new LinkedHashSet<String>();
        NAMES.forEach(name -> keys.add(prefix + "/" + name));
        return keys;
    }
}
