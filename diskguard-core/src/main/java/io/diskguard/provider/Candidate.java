/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.provider;

import io.diskguard.spi.Provider;

/** What came of loading one provider. Immutable. */
public sealed interface Candidate<P extends Provider<?>> {
    /** Where it comes from: a jar, a directory, a module, or the code that passed it. */
    String location();

    /** It was loaded; whether it can work here is not asked yet. */
    record Loaded<P extends Provider<?>>(P provider, String location) implements Candidate<P> {}

    /**
     * It could not be loaded.
     *
     * @param name what is known of it: a class name or a file
     */
    record Broken<P extends Provider<?>>(String name, String location, String reason) implements Candidate<P> {}
}
