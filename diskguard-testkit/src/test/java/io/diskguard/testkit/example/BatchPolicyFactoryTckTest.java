/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.testkit.example;

import io.diskguard.spi.Provider;
import io.diskguard.testkit.ProviderTck;

class BatchPolicyFactoryTckTest extends ProviderTck {
    @Override
    protected Class<? extends Provider<?>> providerClass() {
        return BatchPolicyFactory.class;
    }
}
