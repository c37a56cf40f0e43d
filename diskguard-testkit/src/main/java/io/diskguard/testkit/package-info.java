/* SPDX-License-Identifier: Apache-2.0 */
/** One compatibility kit per extension point: extend it with a fixture of your own and every promise of the contract is tested. */
@org.jspecify.annotations.NullMarked
package io.diskguard.testkit;
