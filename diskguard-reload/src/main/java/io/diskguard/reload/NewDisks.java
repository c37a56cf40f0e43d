/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.reload;

import io.diskguard.config.GuardConfig;
import io.diskguard.device.DeviceResolver;
import io.diskguard.device.DiskResolution;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The disks that a configuration names and the one before it did not. */
public final class NewDisks {
    private NewDisks() {}

    /**
     * What of them cannot be limited on this node now; empty if all can. A disk that was named before may be away: it is
     * waited for as ever.
     *
     * @return for people
     */
    public static Optional<String> missing(GuardConfig before, GuardConfig next, DeviceResolver resolver) {
        var mounts = added(before.disks().mounts(), next.disks().mounts());
        var devices = added(before.disks().devices(), next.disks().devices());
        if (mounts.isEmpty() && devices.isEmpty()) {
            return Optional.empty();
        }
        var view = resolver.look();
        var missing = new ArrayList<String>();
        mounts.forEach(mount -> why("mount", view.ofMount(mount)).ifPresent(missing::add));
        devices.forEach(device -> why("device", view.ofDevice(device)).ifPresent(missing::add));
        return missing.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", missing));
    }

    private static List<String> added(List<String> before, List<String> next) {
        return next.stream().filter(it -> !before.contains(it)).toList();
    }

    private static Optional<String> why(String what, DiskResolution resolution) {
        var words = "no disk for " + what + " " + resolution.asked() + ": ";
        if (resolution instanceof DiskResolution.Missing missing) {
            return Optional.of(words + missing.reason());
        }
        return resolution instanceof DiskResolution.NotApplicable none
                ? Optional.of(words + none.reason())
                : Optional.empty();
    }
}
