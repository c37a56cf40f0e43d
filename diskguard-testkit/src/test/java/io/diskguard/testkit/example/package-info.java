/* SPDX-License-Identifier: Apache-2.0 */
/** A plugin as its author writes it: the code of docs/spi-guide.md. */
@org.jspecify.annotations.NullMarked
package io.diskguard.testkit.example;
