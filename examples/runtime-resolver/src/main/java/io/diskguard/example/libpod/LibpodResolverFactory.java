/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.example.libpod;

import io.diskguard.cgroup.CgroupLayout;
import io.diskguard.cgroup.HostCgroupFs;
import io.diskguard.spi.Environment;
import io.diskguard.spi.Provider;
import io.diskguard.spi.RuntimeResolver;
import io.diskguard.spi.Support;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** Makes the resolver of Podman's containers where there is a storage of Podman: {@code PODMAN_STORAGE} says where. */
public final class LibpodResolverFactory implements RuntimeResolver.Factory {
    private static final String VARIABLE = "PODMAN_STORAGE";
    private static final String USUAL = "/var/lib/containers/storage";

    /** For the service loader. */
    public LibpodResolverFactory() {}

    @Override
    public String name() {
        return "podman";
    }

    @Override
    public int priority() {
        return Provider.CUSTOM;
    }

    @Override
    public Set<String> schemes() {
        return Set.of(LibpodResolver.SCHEME);
    }

    @Override
    public Support probe(Environment environment) {
        var layout = CgroupLayout.of(environment.paths());
        if (layout instanceof CgroupLayout.None none) {
            return Support.unsupported(none.reason());
        }
        var storage = storage(environment);
        return storage.exists()
                ? Support.supported()
                : Support.unsupported("there is no " + storage.root() + "; " + VARIABLE + " names another storage");
    }

    @Override
    public RuntimeResolver create(Environment environment) {
        var mount = mount(CgroupLayout.of(environment.paths()))
                .orElseThrow(() -> new IllegalStateException("no IO controller is mounted (any more); probe first"));
        return new LibpodResolver(new LibpodCgroups(new HostCgroupFs(mount)), storage(environment));
    }

    private static Optional<Path> mount(CgroupLayout layout) {
        if (layout instanceof CgroupLayout.V1 v1) {
            return Optional.of(v1.mount());
        }
        return layout instanceof CgroupLayout.V2 v2 ? Optional.of(v2.mount()) : Optional.empty();
    }

    /** In the file system of the host that the environment shows: a test's is in memory. */
    private static LibpodStorage storage(Environment environment) {
        var named = environment.variables().getOrDefault(VARIABLE, USUAL);
        return new LibpodStorage(environment.paths().proc().getFileSystem().getPath(named));
    }
}
