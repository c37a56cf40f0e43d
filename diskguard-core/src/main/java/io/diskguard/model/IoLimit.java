/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.model;

/**
 * What one container may do on one disk: {@code riops} and {@code wiops} in operations a second, {@code rbps} and
 * {@code wbps} in bytes a second. Immutable.
 *
 * <p>4294967295 operations a second and more are {@link Rate#UNLIMITED}: the kernel keeps 32 bits
 * ({@code UINT_MAX} means none in {@code block/blk-throttle.c}).
 */
public record IoLimit(Rate riops, Rate wiops, Rate rbps, Rate wbps) {
    /** No limit in any direction. */
    public static final IoLimit UNLIMITED = new IoLimit(Rate.UNLIMITED, Rate.UNLIMITED, Rate.UNLIMITED, Rate.UNLIMITED);

    private static final long UINT_MAX = 0xffff_ffffL;

    public IoLimit {
        riops = operations(riops);
        wiops = operations(wiops);
    }

    public Rate get(LimitKey key) {
        return key.pick(riops, wiops, rbps, wbps);
    }

    /** This limit with one number replaced. */
    public IoLimit with(LimitKey key, Rate rate) {
        return new IoLimit(
                key == LimitKey.RIOPS ? rate : riops,
                key == LimitKey.WIOPS ? rate : wiops,
                key == LimitKey.RBPS ? rate : rbps,
                key == LimitKey.WBPS ? rate : wbps);
    }

    /** For each number the one that allows less. */
    public IoLimit strictest(IoLimit other) {
        return new IoLimit(
                riops.strictest(other.riops),
                wiops.strictest(other.wiops),
                rbps.strictest(other.rbps),
                wbps.strictest(other.wbps));
    }

    public boolean isUnlimited() {
        return equals(UNLIMITED);
    }

    private static Rate operations(Rate rate) {
        return rate instanceof Rate.PerSecond limited && limited.value() >= UINT_MAX ? Rate.UNLIMITED : rate;
    }

    /** As a line of {@code io.max} has it, without the device: {@code rbps=max wbps=max riops=max wiops=120}. */
    @Override
    public String toString() {
        return "rbps=" + rbps + " wbps=" + wbps + " riops=" + riops + " wiops=" + wiops;
    }
}
