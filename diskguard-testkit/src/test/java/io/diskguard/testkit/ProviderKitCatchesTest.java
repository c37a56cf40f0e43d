/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.spi.Environment;
import io.diskguard.spi.LimitPolicy;
import io.diskguard.spi.Provider;
import io.diskguard.spi.Support;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** Whoever breaks a promise of {@link Provider} hears of that one. */
class ProviderKitCatchesTest {
    @Test
    void aProviderThatNobodyRegisteredAndNobodyCanMake() {
        assertThat(Kit.failures(OfHidden.class))
                .contains("itIsPublicAndHasAPublicConstructorWithoutParameters", "itIsRegistered");
    }

    @Test
    void aProviderWhoseProbeThrowsWhereSomethingIsMissing() {
        assertThat(Kit.failures(OfCareless.class))
                .contains("probingNeverThrowsOnAnEmptyHost", "probingNeverThrowsOnABrokenHost")
                .doesNotContain("itsNameIsKebabCaseAndStable");
    }

    @Test
    void aProviderWhoseProbeWrites() {
        assertThat(Kit.failures(OfWriting.class)).contains("probingWritesNothing");
    }

    static class OfHidden extends ProviderTck {
        @Override
        protected Class<? extends Provider<?>> providerClass() {
            return Hidden.class;
        }
    }

    static class OfCareless extends ProviderTck {
        @Override
        protected Class<? extends Provider<?>> providerClass() {
            return Careless.class;
        }
    }

    static class OfWriting extends ProviderTck {
        @Override
        protected Class<? extends Provider<?>> providerClass() {
            return Writing.class;
        }
    }

    abstract static class Base implements LimitPolicy.Factory {
        @Override
        public String name() {
            return "base";
        }

        @Override
        public int priority() {
            return Provider.CUSTOM;
        }

        @Override
        public LimitPolicy create(Environment environment) {
            throw new IllegalStateException("not made here");
        }
    }

    static class Hidden extends Base {
        private Hidden() {}

        @Override
        public Support probe(Environment environment) {
            return Support.supported();
        }
    }

    /** Public, as the service loader wants it. */
    public static class Careless extends Base {
        public Careless() {}

        @Override
        public Support probe(Environment environment) {
            try {
                Files.readString(environment.paths().proc().resolve("self/mountinfo"));
                return Support.supported();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Public, as the service loader wants it. */
    public static class Writing extends Base {
        public Writing() {}

        @Override
        public Support probe(Environment environment) {
            try {
                Files.writeString(environment.paths().dev().resolve("probe"), "may I?");
                return Support.supported();
            } catch (IOException e) {
                return Support.unsupported("not writable");
            }
        }
    }
}
