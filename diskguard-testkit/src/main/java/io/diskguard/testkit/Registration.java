/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.testkit;

import io.diskguard.spi.Provider;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.module.FindException;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** What makes a provider known: its line in {@code META-INF/services}, and its {@code provides} in {@code module-info}. */
record Registration(Class<? extends Provider<?>> provider) {
    /** The extension points that the class implements. */
    List<Class<?>> services() {
        var found = new ArrayList<Class<?>>();
        collect(provider, found);
        return List.copyOf(found);
    }

    private static void collect(Class<?> type, List<Class<?>> found) {
        for (var each : type.getInterfaces()) {
            if (each.getPackageName().equals(Provider.class.getPackageName())
                    && each != Provider.class
                    && Provider.class.isAssignableFrom(each)
                    && !found.contains(each)) {
                found.add(each);
            }
            collect(each, found);
        }
        if (type.getSuperclass() != null) {
            collect(type.getSuperclass(), found);
        }
    }

    static String file(Class<?> service) {
        return "META-INF/services/" + service.getName();
    }

    /** The providers that the class path registers for the extension point. */
    List<String> onClassPath(Class<?> service) {
        var names = new TreeSet<String>();
        try {
            var files = provider.getClassLoader().getResources(file(service));
            while (files.hasMoreElements()) {
                try (var in = new InputStreamReader(files.nextElement().openStream(), StandardCharsets.UTF_8);
                        var lines = new java.io.BufferedReader(in)) {
                    lines.lines()
                            .map(line -> line.replaceFirst("#.*", "").strip())
                            .forEach(names::add);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        names.remove("");
        return List.copyOf(names);
    }

    /** The providers that the class' own {@code module-info} registers; empty where it is in no module with one. */
    Optional<List<String>> inModule(Class<?> service) {
        try {
            var location = Path.of(
                    provider.getProtectionDomain().getCodeSource().getLocation().toURI());
            return ModuleFinder.of(location).findAll().stream()
                    .map(module -> module.descriptor())
                    .filter(module -> !module.isAutomatic())
                    .findFirst()
                    .map(module -> module.provides().stream()
                            .filter(provides -> provides.service().equals(service.getName()))
                            .flatMap(provides -> provides.providers().stream())
                            .toList());
        } catch (URISyntaxException | FindException e) {
            return Optional.empty();
        }
    }
}
