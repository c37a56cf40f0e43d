/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reconcile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.diskguard.model.CgroupPath;
import io.diskguard.spi.Errno;
import io.diskguard.spi.FsResult;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Marks in one file of the state directory, for kernels whose cgroups have no extended attributes: written beside,
 * synced, renamed. Entries of cgroups that are gone are dropped at the next write.
 */
final class JournalMarks implements Marks {
    private static final Logger LOG = LoggerFactory.getLogger(JournalMarks.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final Predicate<CgroupPath> exists;
    private final Map<CgroupPath, Mark> marks = new TreeMap<>();
    private boolean loaded;
    private boolean damaged;
    private String warned = "";

    JournalMarks(Path file, Predicate<CgroupPath> exists) {
        this.file = file;
        this.exists = exists;
    }

    @Override
    public synchronized MarkReading read(CgroupPath cgroup) {
        load();
        return loaded
                ? new MarkReading.Known(marks.getOrDefault(cgroup, Mark.NONE))
                : new MarkReading.Unreadable("cannot read the ownership journal " + file);
    }

    @Override
    public synchronized FsResult write(CgroupPath cgroup, Mark mark) {
        load();
        if (!loaded) {
            return FsResult.failed(Errno.OTHER, "cannot read the ownership journal " + file);
        }
        var next = new TreeMap<>(marks);
        next.keySet().removeIf(exists.negate());
        if (mark.isEmpty()) {
            next.remove(cgroup);
        } else {
            next.put(cgroup, mark);
        }
        try {
            keepDamaged();
            store(file, next);
            marks.clear();
            marks.putAll(next);
            return FsResult.OK;
        } catch (IOException e) {
            return FsResult.failed(Errno.OTHER, "cannot write the ownership journal " + file + ": " + e);
        }
    }

    private void load() {
        if (loaded) {
            return;
        }
        try {
            for (var field : JSON.readTree(Files.readAllBytes(file)).properties()) {
                MarkCodec.fromJson(field.getValue()).ifPresent(mark -> marks.put(new CgroupPath(field.getKey()), mark));
            }
            loaded = true;
        } catch (NoSuchFileException e) {
            loaded = true;
        } catch (JsonProcessingException | IllegalArgumentException e) {
            loaded = true;
            damaged = true;
            warn("is damaged and will be kept aside", e);
        } catch (IOException e) {
            warn("cannot be read", e);
        }
    }

    /** Once a reason: it is read for each cgroup. */
    private void warn(String what, Exception reason) {
        if (!warned.equals(reason.toString())) {
            warned = reason.toString();
            LOG.warn("the ownership journal {} {}: {}", file, what, warned);
        }
    }

    /** Only who writes puts it aside: to explain must change nothing. */
    private void keepDamaged() throws IOException {
        if (damaged && Files.exists(file)) {
            var aside = file.resolveSibling(file.getFileName() + ".damaged");
            Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
            LOG.warn("the damaged ownership journal is kept as {}", aside);
        }
        damaged = false;
    }

    private static void store(Path file, Map<CgroupPath, Mark> marks) throws IOException {
        var root = JSON.createObjectNode();
        marks.forEach((cgroup, mark) -> root.set(cgroup.value(), MarkCodec.toJson(mark)));
        Files.createDirectories(file.toAbsolutePath().getParent());
        var beside = file.resolveSibling(file.getFileName() + ".new");
        try (var channel = FileChannel.open(
                beside, StandardOpenOption.WRITE, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING)) {
            var bytes = ByteBuffer.wrap(root.toString().getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
