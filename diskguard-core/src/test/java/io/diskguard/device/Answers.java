/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.device.DiskResolution.Found;
import io.diskguard.device.DiskResolution.Missing;
import io.diskguard.device.DiskResolution.NotApplicable;
import io.diskguard.model.Disk;
import java.util.List;

/** What tests want to know of an answer. */
final class Answers {
    private Answers() {}

    /** The kernel names of the disks that were found. */
    static List<String> disks(DiskResolution answer) {
        assertThat(answer).isInstanceOf(Found.class);
        return names(((Found) answer).disks());
    }

    static List<String> names(List<Disk> disks) {
        return disks.stream().map(Disk::name).toList();
    }

    /** How they were found, one step a line. */
    static String steps(DiskResolution answer) {
        assertThat(answer).isInstanceOf(Found.class);
        return String.join("\n", ((Found) answer).steps());
    }

    static String whyNotApplicable(DiskResolution answer) {
        assertThat(answer).isInstanceOf(NotApplicable.class);
        return ((NotApplicable) answer).reason();
    }

    static String whyMissing(DiskResolution answer) {
        assertThat(answer).isInstanceOf(Missing.class);
        return ((Missing) answer).reason();
    }
}
