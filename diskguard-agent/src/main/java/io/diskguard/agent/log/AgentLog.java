/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.log;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sets up logging for the whole process. */
public final class AgentLog {
    private static final String DIRECT = "stderr";
    private static final int LINES = 1024;
    private static final int FLUSH_MILLIS = 1000;

    private AgentLog() {}

    /** Replaces whatever was set up before by one appender to the stream: what goes on, and what is wrong. */
    public static void configure(LogFormat format, OutputStream to) {
        configure(format, Level.INFO, to);
    }

    /**
     * The same for who must not wait for the log: where nobody takes it, since the disk it goes to is starved for instance,
     * lines are lost and nothing else.
     *
     * @return writes what is left, for at most a second; from then on lines are written at once
     */
    public static Pending configureForService(LogFormat format, OutputStream to) {
        configure(format, Level.INFO, to);
        if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
            return () -> {};
        }
        var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        var direct = root.getAppender(DIRECT);
        root.detachAppender(direct);
        var queue = new AsyncAppender();
        queue.setContext(context);
        queue.setName("queue");
        queue.setQueueSize(LINES);
        queue.setDiscardingThreshold(0);
        queue.setNeverBlock(true);
        queue.setMaxFlushTime(FLUSH_MILLIS);
        queue.addAppender(direct);
        queue.start();
        root.addAppender(queue);
        return () -> {
            queue.stop();
            configure(format, Level.INFO, to);
        };
    }

    /** Lines that were not written yet. */
    public interface Pending extends AutoCloseable {
        @Override
        void close();
    }

    /** The same for a command whose answer is not the log: only what is wrong. */
    public static void configureQuietly(LogFormat format, OutputStream to) {
        configure(format, Level.WARN, to);
    }

    private static void configure(LogFormat format, Level level, OutputStream to) {
        if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
            return;
        }
        context.reset();
        var encoder = format == LogFormat.JSON ? new JsonLineEncoder() : new TextLineEncoder();
        encoder.setContext(context);
        encoder.start();
        var appender = new OutputStreamAppender<ILoggingEvent>();
        appender.setContext(context);
        appender.setName(DIRECT);
        appender.setEncoder(encoder);
        appender.setOutputStream(new Lent(to));
        appender.start();
        var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(level);
        // What matters of it is said by us, in one line.
        context.getLogger("io.fabric8.kubernetes.client").setLevel(Level.OFF);
        root.addAppender(appender);
    }

    /** An appender that stops closes its stream; why a command fails is still to be said there. */
    private static final class Lent extends FilterOutputStream {
        Lent(OutputStream to) {
            super(to);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
