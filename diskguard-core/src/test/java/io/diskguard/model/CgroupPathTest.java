/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CgroupPathTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/a",
                "/kubepods.slice/kubepods-burstable.slice/cri-containerd-0123.scope",
                "/...",
                "/.a/a./..a/a..",
                "/a b/ü/a:b/a\\x2db"
            })
    void whatTheKernelNamesIsAPath(String path) {
        assertThat(new CgroupPath(path).value()).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "a/b",
                "//",
                "//a",
                "/a/",
                "/a//b",
                "/.",
                "/..",
                "/./a",
                "/../a",
                "/a/.",
                "/a/..",
                "/a/./b",
                "/a/../b",
                "/a\nb",
                "/a\u0000",
                "/\n"
            })
    void whatCouldLeadElsewhereIsNone(String path) {
        assertThatThrownBy(() -> new CgroupPath(path))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not a cgroup path: \"" + path + "\"");
    }

    @Test
    void aChildsNameIsOneComponent() {
        var pod = new CgroupPath("/kubepods/pod1");

        assertThat(pod.child("c").value()).isEqualTo("/kubepods/pod1/c");
        assertThat(CgroupPath.ROOT.child("kubepods").value()).isEqualTo("/kubepods");
        for (var name : new String[] {"", ".", "..", "a/b", "/", "a\n"}) {
            assertThatThrownBy(() -> pod.child(name)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void theParentOfACgroupIsAboveItAndTheRootHasNone() {
        assertThat(new CgroupPath("/a/b").parent()).contains(new CgroupPath("/a"));
        assertThat(new CgroupPath("/a").parent()).contains(CgroupPath.ROOT);
        assertThat(CgroupPath.ROOT.parent()).isEmpty();
    }

    @Test
    void withinIsByComponentsNotByLetters() {
        assertThat(new CgroupPath("/a/b").isWithin(new CgroupPath("/a"))).isTrue();
        assertThat(new CgroupPath("/ab").isWithin(new CgroupPath("/a"))).isFalse();
        assertThat(new CgroupPath("/a").isWithin(new CgroupPath("/a"))).isTrue();
        assertThat(new CgroupPath("/a").isWithin(CgroupPath.ROOT)).isTrue();
    }
}
