/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.provider;

import io.diskguard.spi.Provider;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;

/**
 * One class loader per plugin jar, so that two plugins may bring two versions of one library.
 *
 * @param unreadable what is no jar or no directory, and why
 */
record PluginSource(List<ClassLoader> jars, Map<String, String> unreadable) implements ProviderSource {
    static PluginSource open(Path directory, ClassLoader parent) {
        var jars = new ArrayList<ClassLoader>();
        var unreadable = new LinkedHashMap<String, String>();
        for (var path : list(directory, unreadable)) {
            // URLClassLoader takes a file that is no jar for an empty one, so it is opened here first
            try (var jar = new JarFile(path.toFile())) {
                jar.size();
                jars.add(new PluginLoader(path, parent));
            } catch (IOException | RuntimeException e) {
                unreadable.put(path.toString(), Locations.reason(e));
            }
        }
        return new PluginSource(List.copyOf(jars), unreadable);
    }

    private static List<Path> list(Path directory, Map<String, String> unreadable) {
        var paths = new ArrayList<Path>();
        try (var files = Files.newDirectoryStream(directory, "*.jar")) {
            files.forEach(paths::add);
        } catch (IOException | DirectoryIteratorException e) {
            unreadable.put(directory.toString(), "not a directory that can be listed: " + e);
        }
        paths.sort(null);
        return paths;
    }

    @Override
    public <P extends Provider<?>> List<Candidate<P>> load(Class<P> type) {
        var found = new ArrayList<Candidate<P>>();
        unreadable.forEach((file, reason) -> found.add(new Candidate.Broken<>("?", file, reason)));
        for (var jar : jars) {
            for (var candidate : new ServiceLoaderSource(jar).load(type)) {
                // the providers of the parent's named modules are listed through every child loader
                if (!(candidate instanceof Candidate.Loaded<P> loaded
                        && loaded.provider().getClass().getModule().isNamed())) {
                    found.add(candidate);
                }
            }
        }
        return List.copyOf(found);
    }

    /** Sees the parent's classes, but declares only its own jar's services. */
    private static final class PluginLoader extends URLClassLoader {
        PluginLoader(Path jar, ClassLoader parent) throws IOException {
            super(jar.toString(), new URL[] {jar.toUri().toURL()}, parent);
        }

        @Override
        public Enumeration<URL> getResources(String name) throws IOException {
            return name.startsWith("META-INF/services/") ? findResources(name) : super.getResources(name);
        }
    }
}
