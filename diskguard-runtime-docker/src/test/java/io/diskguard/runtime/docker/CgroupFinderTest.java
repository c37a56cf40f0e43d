/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.model.CgroupPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CgroupFinderTest {
    private static final String ID = Ids.id(1);

    @TempDir
    Path proc;

    @ParameterizedTest(name = "{0} in {1}")
    @CsvSource({
        "cgroupfs,'',/docker/ID",
        "cgroupfs,/kubepods/besteffort/pod1,/kubepods/besteffort/pod1/ID",
        "cgroupfs,relative,/relative/ID",
        "cgroupfs,/trailing/,/trailing/ID",
        "cgroupfs,/,/ID",
        "systemd,'',/system.slice/docker-ID.scope",
        "systemd,kubepods-burstable-pod1_2.slice,"
                + "/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod1_2.slice/docker-ID.scope",
        "systemd,/a.slice/a-b.slice,/a.slice/a-b.slice/docker-ID.scope",
        "systemd,-.slice,/docker-ID.scope",
    })
    void aContainerWithoutProcessIsWhereTheDriverWillPutIt(String driver, String parent, String expected) {
        assertThat(CgroupFinder.computed(driver, parent, ID)).contains(new CgroupPath(expected.replace("ID", ID)));
    }

    @ParameterizedTest(name = "{0} in {1}")
    @CsvSource({"none,''", "systemd,/no/slice", "systemd,.slice", "systemd,a--b.slice", "cgroupfs,/../up"})
    void whatNoDriverDoesIsNowhere(String driver, String parent) {
        assertThat(CgroupFinder.computed(driver, parent, ID)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "v1, 5:cpu:/no/ID|4:blkio:/docker/ID|0::/no/ID, /docker/ID",
        "v1 with a controller beside it, 4:NET:/docker/ID, /docker/ID",
        "v2, 0::/system.slice/docker-ID.scope, /system.slice/docker-ID.scope",
        "hybrid without blkio, 1:name=systemd:/x/ID|0::/docker/ID, /docker/ID",
        "systemd inside moved itself below, 0::/system.slice/docker-ID.scope/init.scope, /system.slice/docker-ID.scope",
    })
    void aProcessSaysWhereItsContainerIs(String what, String lines, String expected) throws IOException {
        process(lines.replace("NET", "net_cls,blkio"));

        assertThat(new CgroupFinder(proc).ofProcess(7, ID))
                .as(what)
                .contains(new CgroupPath(expected.replace("ID", ID)));
    }

    @ParameterizedTest
    @CsvSource({
        "another's process that got the same pid, 4:blkio:/user.slice",
        "seen from another cgroup namespace, 4:blkio:/../../docker/ID",
        "garbage, no colon in here|::|",
    })
    void whatIsNotTheContainersIsNotBelieved(String what, String lines) throws IOException {
        process(lines);

        assertThat(new CgroupFinder(proc).ofProcess(7, ID)).as(what).isEmpty();
    }

    @Test
    void aProcessThatEndedSaysNothing() {
        assertThat(new CgroupFinder(proc).ofProcess(7, ID)).isEmpty();
    }

    private void process(String lines) throws IOException {
        Files.writeString(
                Files.createDirectories(proc.resolve("7")).resolve("cgroup"),
                lines.replace("ID", ID).replace('|', '\n') + "\n");
    }
}
