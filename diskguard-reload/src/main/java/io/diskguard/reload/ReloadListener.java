/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reload;

/** Hears what becomes of changes, one after the other, after the fact. It must be fast; an exception is logged and dropped. */
@FunctionalInterface
public interface ReloadListener {
    void reloaded(Reload reload);
}
