/* SPDX-License-Identifier: Apache-2.0 */
/** A source of configuration: a directory with one file for each key, as a mounted ConfigMap is. */
@NullMarked
package io.diskguard.example.confdir;

import org.jspecify.annotations.NullMarked;
