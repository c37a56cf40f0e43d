/* SPDX-License-Identifier: Apache-2.0 */
/** Parts that are in use and can be exchanged for others meanwhile. */
@NullMarked
package io.diskguard.agent.exchange;

import org.jspecify.annotations.NullMarked;
