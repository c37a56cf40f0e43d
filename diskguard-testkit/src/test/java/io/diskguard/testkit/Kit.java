/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.testkit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Set;
import java.util.TreeSet;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** Runs a kit as a plugin's build would. */
final class Kit {
    private Kit() {}

    /** The names of the tests that fail. */
    static Set<String> failures(Class<?> subclass) {
        var heard = new SummaryGeneratingListener();
        var request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(subclass))
                .build();
        LauncherFactory.create().execute(request, heard);
        if (heard.getSummary().getTestsFoundCount() == 0) {
            throw new AssertionError(subclass + " has no tests");
        }
        var names = new TreeSet<String>();
        heard.getSummary()
                .getFailures()
                .forEach(failure -> names.add(failure.getTestIdentifier()
                        .getSource()
                        .filter(MethodSource.class::isInstance)
                        .map(source -> ((MethodSource) source).getMethodName())
                        .orElseThrow(() -> new AssertionError(failure.getException()))));
        return names;
    }
}
