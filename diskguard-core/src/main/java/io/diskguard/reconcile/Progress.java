/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reconcile;

/** Hears how far a plan is carried out. */
interface Progress {
    /** Nobody has to know. */
    Progress NONE = new Progress() {
        @Override
        public void planned(Action action) {}

        @Override
        public void done(Action action) {}
    };

    void planned(Action action);

    /** The kernel has it. */
    void done(Action action);
}
