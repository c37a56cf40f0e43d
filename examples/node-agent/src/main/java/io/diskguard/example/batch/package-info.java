/* SPDX-License-Identifier: Apache-2.0 */
/** A node agent of its own, which runs no pods but batch jobs, and embeds the guard. */
@NullMarked
package io.diskguard.example.batch;

import org.jspecify.annotations.NullMarked;
