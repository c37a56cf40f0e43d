/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.provider;

import java.io.Serial;

/** No provider, or no single one, could be chosen. Its message lists every candidate with its location and reason. */
public final class ProviderSelectionException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient ProviderReport report;

    ProviderSelectionException(String message, ProviderReport report) {
        super(message + "\n" + report);
        this.report = report;
    }

    public ProviderReport report() {
        return report;
    }
}
