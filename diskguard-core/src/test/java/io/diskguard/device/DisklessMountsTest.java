/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.device;

import static io.diskguard.device.Answers.whyNotApplicable;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What has no disk of this host under it is not applicable, with the reason; never an error. */
class DisklessMountsTest {
    @ParameterizedTest
    @CsvSource({
        "0:50, nfs4, server:/export, on the network",
        "0:51, cifs, //server/share, on the network",
        "0:52, ceph, 10.0.0.1:6789:/, on the network",
        "0:53, fuse.s3fs, s3fs, a FUSE program does its IO",
        "8:16, fuseblk, /dev/sdb, a FUSE program does its IO",
        "0:54, tmpfs, tmpfs, in memory",
        "0:55, proc, proc, the kernel makes its files up",
        "0:56, zfs, tank/data, kernel threads",
        "0:57, 9p, share, the machine that this virtual machine runs on",
        "0:58, virtiofs, kataShared, the machine that this virtual machine runs on",
        "0:59, autofs, systemd-1, at the first use"
    })
    void theReasonNamesTheMountAndSaysWhy(String number, String type, String source, String why) {
        var machine = new Machine()
                .disk("sdb", "8:16")
                .hostMounts(new Mounts().at("/data", number, type, source))
                .directory(1, "/data/below");
        for (var path : new String[] {"/data", "/data/below"}) {
            assertThat(whyNotApplicable(machine.resolver().ofMount(path)))
                    .contains("/data (" + type + " on " + source + ")", why);
        }
    }
}
