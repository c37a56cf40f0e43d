/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.cgroup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The kernel of this machine with two loop disks, for one test class; skips it where there is no cgroup v1 or we are not root. */
final class RealKernel implements BeforeAllCallback, AfterAllCallback {
    private Optional<RealBlkio> blkio = Optional.empty();
    private Optional<Path> directory = Optional.empty();

    RealBlkio blkio() {
        return blkio.orElseThrow();
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        RealBlkio.mount();
        var made = Files.createTempDirectory("disks");
        directory = Optional.of(made);
        blkio = Optional.of(RealBlkio.open(made));
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        blkio.ifPresent(RealBlkio::close);
        if (directory.isPresent()) {
            try (var files = Files.list(directory.get())) {
                for (var file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(directory.get());
        }
    }
}
