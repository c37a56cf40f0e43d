/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.diskguard.spi.CgroupDriver;
import io.diskguard.spi.Environment;
import io.diskguard.spi.HostPaths;
import io.diskguard.spi.IoStatsSource;
import io.diskguard.spi.Provider;
import io.diskguard.spi.RuntimeResolver;
import io.diskguard.spi.Support;
import io.diskguard.spi.Ticker;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProvidersTest {
    private static final List<Class<? extends Provider<?>>> SERVICES =
            List.of(CgroupDriver.Factory.class, IoStatsSource.Factory.class, RuntimeResolver.Factory.class);
    private static final String V1 = "38 29 0:33 / /sys/fs/cgroup/blkio %s - cgroup cgroup rw,blkio\n";
    private static final String V2 = "29 23 0:26 / /sys/fs/cgroup %s - cgroup2 cgroup2 rw\n";

    private final FileSystem files = Jimfs.newFileSystem(Configuration.unix());
    private final Environment environment =
            new Environment(HostPaths.in(files), Clock.systemUTC(), Ticker.system(), Map.of());

    @Test
    void theModuleAndTheClassPathProvideTheSame() throws IOException {
        final ModuleDescriptor module;
        var classes = CgroupLayout.class.getProtectionDomain().getCodeSource().getLocation();
        try (var in =
                Files.newInputStream(Path.of(URI.create(classes.toString())).resolve("module-info.class"))) {
            module = ModuleDescriptor.read(in);
        }
        var inModule = new HashMap<String, List<String>>();
        module.provides().forEach(provides -> inModule.put(provides.service(), provides.providers()));
        var onClassPath = new HashMap<String, List<String>>();
        for (var service : SERVICES) {
            onClassPath.put(
                    service.getName(),
                    providers(service).map(p -> p.getClass().getName()).toList());
        }

        assertThat(inModule).isEqualTo(onClassPath);
    }

    @Test
    void theirNamesAreThoseOfTheConfiguration() {
        assertThat(SERVICES.stream().flatMap(ProvidersTest::providers).map(Provider::name))
                .containsExactly(
                        "cgroup-v1-blkio",
                        "cgroup-v2-io-max",
                        "cgroup-v1-blkio-stats",
                        "cgroup-v2-io-stat",
                        "cgroup-tree-scan");
    }

    @Test
    void withoutCgroupsEachSaysWhyItCannotWork() {
        assertThat(SERVICES.stream().flatMap(ProvidersTest::providers))
                .allSatisfy(provider -> assertThat(reason(provider)).contains("mountinfo"));
    }

    @Test
    void v1NeedsTheThrottleFiles() throws IOException {
        mount(V1.formatted("rw"));

        assertThat(reason("cgroup-v1-blkio"))
                .contains("/sys/fs/cgroup/blkio/blkio.throttle.", "CONFIG_BLK_DEV_THROTTLING");
        assertThat(reason("cgroup-v2-io-max")).contains("v1");

        for (var direction : List.of("read", "write")) {
            file("/sys/fs/cgroup/blkio/blkio.throttle." + direction + "_bps_device", "");
            file("/sys/fs/cgroup/blkio/blkio.throttle." + direction + "_iops_device", "");
        }
        assertThat(provider("cgroup-v1-blkio").probe(environment)).isEqualTo(Support.supported());
    }

    @Test
    void aReadOnlyMountIsNotForTheDrivers() throws IOException {
        mount(V1.formatted("ro"));
        assertThat(reason("cgroup-v1-blkio")).contains("/sys/fs/cgroup/blkio is mounted read-only");

        mount(V2.formatted("ro"));
        file("/sys/fs/cgroup/cgroup.controllers", "io\n");
        assertThat(reason("cgroup-v2-io-max")).contains("/sys/fs/cgroup is mounted read-only");
        assertThat(provider("cgroup-v2-io-stat").probe(environment)).isEqualTo(Support.supported());
    }

    @Test
    void v2LooksForIoMaxInChildrenBecauseTheRootHasNone() throws IOException {
        mount(V2.formatted("rw"));
        file("/sys/fs/cgroup/cgroup.controllers", "cpu io memory\n");
        file("/sys/fs/cgroup/cgroup.subtree_control", "cpu memory\n");
        assertThat(provider("cgroup-v2-io-max").probe(environment)).isEqualTo(Support.supported());

        Files.createDirectories(files.getPath("/sys/fs/cgroup/init.scope"));
        assertThat(reason("cgroup-v2-io-max")).contains("cgroup.subtree_control");

        file("/sys/fs/cgroup/cgroup.subtree_control", "cpu io memory\n");
        assertThat(reason("cgroup-v2-io-max")).contains("CONFIG_BLK_DEV_THROTTLING");

        file("/sys/fs/cgroup/kubepods.slice/io.max", "");
        assertThat(provider("cgroup-v2-io-max").probe(environment)).isEqualTo(Support.supported());
    }

    private String reason(String name) {
        return reason(provider(name));
    }

    private String reason(Provider<?> provider) {
        return provider.probe(environment) instanceof Support.Unsupported unsupported ? unsupported.reason() : "";
    }

    private static Provider<?> provider(String name) {
        return SERVICES.stream()
                .flatMap(ProvidersTest::providers)
                .filter(p -> p.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static <T extends Provider<?>> Stream<T> providers(Class<T> service) {
        return ServiceLoader.load(service).stream()
                .map(ServiceLoader.Provider::get)
                .filter(p -> p.getClass().getPackageName().startsWith("io.diskguard.cgroup"));
    }

    private void mount(String table) throws IOException {
        file("/proc/self/mountinfo", table);
    }

    private void file(String path, String content) throws IOException {
        Files.createDirectories(files.getPath(path).getParent());
        Files.writeString(files.getPath(path), content);
    }
}
