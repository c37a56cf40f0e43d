/* SPDX-License-Identifier: Apache-2.0 */
/** Restarts a program when its configuration file has other content. */
@NullMarked
package io.diskguard.example.restarter;

import org.jspecify.annotations.NullMarked;
