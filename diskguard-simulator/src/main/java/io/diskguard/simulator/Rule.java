/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.simulator;

import io.diskguard.model.DeviceId;
import io.diskguard.spi.Errno;
import java.util.Optional;
import java.util.regex.Pattern;

/** A line written to a throttle file: the disk, and what is to be done with it. */
record Rule(DeviceId device, String body) {
    private static final Pattern LINE = Pattern.compile("\\s*(\\d+):(\\d+)(?:\\s+(.*))?", Pattern.DOTALL);
    private static final Pattern NUMBER = Pattern.compile("\\d+");

    /** Takes the line apart in the order of {@code blkg_conf_open_bdev}: bad text first, then the disk. */
    static Rule parse(String line, BlockDevices devices) throws Refused {
        var matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            throw new Refused(Errno.EINVAL);
        }
        var device = DeviceId.parse(unpadded(matcher.group(1)) + ":" + unpadded(matcher.group(2)))
                .filter(devices::hasQueue)
                .orElseThrow(() -> new Refused(Errno.ENODEV));
        var body = matcher.group(3);
        return new Rule(device, body == null ? "" : body);
    }

    /** The digits that the text begins with, as {@code sscanf} with {@code %llu} finds them: what follows is not looked at. */
    static Optional<String> digits(String text) {
        var matcher = NUMBER.matcher(text.stripLeading());
        return matcher.lookingAt() ? Optional.of(matcher.group()) : Optional.empty();
    }

    private static String unpadded(String digits) {
        return digits.replaceFirst("^0+(?=\\d)", "");
    }
}
