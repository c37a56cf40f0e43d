/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.model;

/** The four numbers of a limit, named as {@code io.max} names them. */
public enum LimitKey {
    /** Read operations a second. */
    RIOPS("riops", true, true),
    /** Write operations a second. */
    WIOPS("wiops", false, true),
    /** Bytes read a second. */
    RBPS("rbps", true, false),
    /** Bytes written a second. */
    WBPS("wbps", false, false);

    private final String key;
    private final boolean read;
    private final boolean operations;

    LimitKey(String key, boolean read, boolean operations) {
        this.key = key;
        this.read = read;
        this.operations = operations;
    }

    /** The key of {@code io.max}: {@code riops}, {@code wiops}, {@code rbps} or {@code wbps}. */
    public String key() {
        return key;
    }

    /**
     * The least limit that makes sense: 2 operations, as {@code io.max} of kernels from 5.10 to 2025 rejects 1 with EINVAL;
     * 64 KiB, below which one write of that size takes longer than a second.
     */
    public long floor() {
        return operations ? 2 : 64 * 1024;
    }

    /** Whether it limits reading; else writing. */
    public boolean isRead() {
        return read;
    }

    /** Whether it counts operations; else bytes. */
    public boolean isOperations() {
        return operations;
    }

    /** Of four things, one for each number, that for this one. */
    public <T> T pick(T riops, T wiops, T rbps, T wbps) {
        return operations ? (read ? riops : wiops) : (read ? rbps : wbps);
    }
}
