/* SPDX-License-Identifier: Apache-2.0 */
/** What a pod's owner wrote into the pod's annotations. */
@org.jspecify.annotations.NullMarked
package io.diskguard.annotation;
