/* SPDX-License-Identifier: Apache-2.0 */
/** What the library does again and again, measured in virtual machines of their own by JMH. */
@org.jspecify.annotations.NullMarked
package io.diskguard.benchmarks.loop;
