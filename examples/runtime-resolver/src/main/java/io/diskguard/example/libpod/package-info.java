/* SPDX-License-Identifier: Apache-2.0 */
/** A runtime resolver: containers of Podman, from cgroups and the containers' storage, without a daemon to ask. */
@NullMarked
package io.diskguard.example.libpod;

import org.jspecify.annotations.NullMarked;
