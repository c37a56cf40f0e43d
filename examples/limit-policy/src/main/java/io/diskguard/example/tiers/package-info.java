/* SPDX-License-Identifier: Apache-2.0 */
/** A limit policy: tiers of limits, chosen by a label of the pod or by its QoS class. */
@NullMarked
package io.diskguard.example.tiers;

import org.jspecify.annotations.NullMarked;
