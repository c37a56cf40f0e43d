/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.config;

import io.diskguard.model.IoLimit;

/**
 * The static limits. Immutable.
 *
 * @param defaults of a container on a disk where nothing else says one
 * @param ceiling what no annotation can lift; {@link IoLimit#UNLIMITED} for none
 */
public record LimitSettings(IoLimit defaults, IoLimit ceiling) {}
