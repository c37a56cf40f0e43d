/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.regex.Pattern;

/**
 * A line for people: time, level, the logger's simple name, message; then the exception where there is one. A tenth of the classes
 * that a pattern of logback is made of. Thread-safe.
 */
final class TextLineEncoder extends EncoderBase<ILoggingEvent> {
    /** What drives a terminal, or turns the direction of text: anybody may have written it, in a name for instance. */
    private static final Pattern HOSTILE = Pattern.compile("[\0-\b\13-\37\177-\u009f\u202a-\u202e\u2066-\u2069]");

    private static final byte[] NOTHING = new byte[0];
    private static final int MILLIS = 3;
    private static final int LEVEL_WIDTH = 5;

    private final DateTimeFormatter time =
            new DateTimeFormatterBuilder().appendInstant(MILLIS).toFormatter();

    @Override
    public byte[] headerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        var line = new StringBuilder();
        time.formatTo(Instant.ofEpochMilli(event.getTimeStamp()), line);
        var level = event.getLevel().toString();
        line.append(' ').append(level).append(" ".repeat(Math.max(0, LEVEL_WIDTH - level.length())));
        var logger = event.getLoggerName();
        line.append(' ').append(logger, logger.lastIndexOf('.') + 1, logger.length());
        line.append(" - ")
                .append(harmless(String.valueOf(event.getFormattedMessage())))
                .append('\n');
        if (event.getThrowableProxy() != null) {
            line.append(harmless(ThrowableProxyUtil.asString(event.getThrowableProxy())));
        }
        return line.toString().getBytes(UTF_8);
    }

    @Override
    public byte[] footerBytes() {
        return NOTHING;
    }

    private static String harmless(String text) {
        return HOSTILE.matcher(text).replaceAll("?");
    }
}
