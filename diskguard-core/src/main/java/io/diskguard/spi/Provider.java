/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.spi;

/**
 * What {@link java.util.ServiceLoader} finds: a stateless factory of one stateful component. An implementation is public,
 * has a public constructor without parameters, and is thread-safe.
 *
 * @param <T> the component that it makes; its owner closes it
 */
public interface Provider<T> {
    /** The priority of the generic fallbacks. */
    int FALLBACK = 0;
    /** The priority of what comes with DiskGuard. */
    int BUILT_IN = 100;
    /** The least priority of a provider of yours that is to win over the built-in ones. */
    int CUSTOM = 200;

    /** A kebab-case name, unique among the providers of one extension point; configuration selects by it. */
    String name();

    /** Higher wins; see {@link #FALLBACK}, {@link #BUILT_IN}, {@link #CUSTOM}. */
    int priority();

    /** Looks whether it can work here. Reads only, never writes, never throws for a reason that it can name. */
    Support probe(Environment environment);

    /** Makes the component. Called only after {@link #probe} answered supported. */
    T create(Environment environment);
}
