/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.e2e.neighbour;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * One file of zeros that forgets what is written, mounted with FUSE and served as a disk of limited speed would: one request after the
 * other, each taking the time of an operation or of its bytes, whichever is longer, and all a little longer to arrive. A loop device on it
 * is a disk whose capacity is the same on every machine.
 *
 * <p>Standard input and output are the opened {@code /dev/fuse}; arguments: operations a second, bytes a second, microseconds on the way,
 * MiB. The messages are those of {@code include/uapi/linux/fuse.h}.
 */
final class SlowDisk {
    private static final int IN_HEADER = 40;
    private static final int OUT_HEADER = 16;
    private static final int MOST_BYTES = 128 * 1024;
    private static final int MOST_IN_FLIGHT = 512;

    private static final int FORGET = 2;
    private static final int GETATTR = 3;
    private static final int SETATTR = 4;
    private static final int OPEN = 14;
    private static final int READ = 15;
    private static final int WRITE = 16;
    private static final int RELEASE = 18;
    private static final int FSYNC = 20;
    private static final int FLUSH = 25;
    private static final int INIT = 26;
    private static final int INTERRUPT = 36;
    private static final int BATCH_FORGET = 42;

    private static final int ENOSYS = 38;
    private static final int ASYNC_READ_BIG_WRITES_ASYNC_DIO = 1 | 1 << 5 | 1 << 15;
    private static final int MINOR = 31;
    private static final int REGULAR_FILE = 0100600;

    private final FileChannel requests = new FileInputStream(FileDescriptor.in).getChannel();
    private final FileChannel answers = new FileOutputStream(FileDescriptor.out).getChannel();
    private final BlockingQueue<Answer> inOrder = new LinkedBlockingQueue<>();
    private final double nanosAnOperation;
    private final double nanosAByte;
    private final long nanosOnTheWay;
    private final long size;
    private double free;

    private record Answer(long due, ByteBuffer message) {}

    private SlowDisk(long iops, long bps, long micros, long mebibytes) {
        nanosAnOperation = 1e9 / iops;
        nanosAByte = 1e9 / bps;
        nanosOnTheWay = micros * 1000;
        size = mebibytes << 20;
    }

    public static void main(String[] args) throws IOException {
        var disk = new SlowDisk(
                Long.parseLong(args[0]), Long.parseLong(args[1]), Long.parseLong(args[2]), Long.parseLong(args[3]));
        var thread = new Thread(disk::answer, "answers");
        thread.setDaemon(true);
        thread.start();
        disk.serve();
    }

    /** Until the file is unmounted. */
    private void serve() throws IOException {
        var request = ByteBuffer.allocateDirect(MOST_BYTES + 4096).order(ByteOrder.nativeOrder());
        while (requests.read(request.clear()) > 0) {
            take(request.flip());
        }
    }

    private void take(ByteBuffer request) throws IOException {
        var opcode = request.getInt(4);
        var unique = request.getLong(8);
        switch (opcode) {
            case INIT -> send(init(unique));
            case GETATTR, SETATTR -> send(attributes(unique));
            case OPEN -> send(message(unique, 0, 16));
            case READ -> queue(request.getInt(IN_HEADER + 16), size -> message(unique, 0, size));
            case WRITE ->
                queue(request.getInt(IN_HEADER + 16), size -> message(unique, 0, 8)
                        .putInt(OUT_HEADER, size));
            case RELEASE, FSYNC, FLUSH -> send(message(unique, 0, 0));
            case FORGET, BATCH_FORGET, INTERRUPT -> {} // nobody waits for an answer
            default -> send(message(unique, -ENOSYS, 0));
        }
    }

    private interface Reply {
        ByteBuffer of(int bytes);
    }

    private void queue(int bytes, Reply reply) {
        var now = System.nanoTime();
        free = Math.max(free, now) + Math.max(nanosAnOperation, bytes * nanosAByte);
        inOrder.add(new Answer((long) free + nanosOnTheWay, reply.of(bytes)));
    }

    private void answer() {
        try {
            while (true) {
                var next = inOrder.take();
                for (var left = next.due - System.nanoTime(); left > 0; left = next.due - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                send(next.message);
            }
        } catch (InterruptedException | IOException e) {
            System.exit(1);
        }
    }

    private void send(ByteBuffer message) throws IOException {
        answers.write(message);
    }

    private static ByteBuffer message(long unique, int error, int body) {
        return ByteBuffer.allocateDirect(OUT_HEADER + body)
                .order(ByteOrder.nativeOrder())
                .putInt(0, OUT_HEADER + body)
                .putInt(4, error)
                .putLong(8, unique);
    }

    private static ByteBuffer init(long unique) {
        return message(unique, 0, 64)
                .putInt(OUT_HEADER, 7)
                .putInt(OUT_HEADER + 4, MINOR)
                .putInt(OUT_HEADER + 12, ASYNC_READ_BIG_WRITES_ASYNC_DIO)
                .putShort(OUT_HEADER + 16, (short) MOST_IN_FLIGHT)
                .putShort(OUT_HEADER + 18, (short) MOST_IN_FLIGHT)
                .putInt(OUT_HEADER + 20, MOST_BYTES)
                .putInt(OUT_HEADER + 24, 1);
    }

    private ByteBuffer attributes(long unique) {
        var attributes = OUT_HEADER + 16;
        return message(unique, 0, 104)
                .putLong(OUT_HEADER, Integer.MAX_VALUE)
                .putLong(attributes, 1)
                .putLong(attributes + 8, size)
                .putLong(attributes + 16, size / 512)
                .putInt(attributes + 60, REGULAR_FILE)
                .putInt(attributes + 64, 1)
                .putInt(attributes + 80, 4096);
    }
}
