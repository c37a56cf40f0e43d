/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.model.Container;
import io.diskguard.model.ContainerKind;
import io.diskguard.model.Exclusions;
import io.diskguard.model.LabelSelector;
import io.diskguard.model.Pod;
import io.diskguard.model.QosClass;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PodFilterTest {
    private static final Container APP = container("app", "registry.example/shop:1");
    private static final Container PROXY = container("istio-proxy", "istio/proxyv2:1");
    private static final Pod POD = pod("shop", APP, PROXY);

    private static Container container(String name, String image) {
        return new Container(name, image, ContainerKind.MAIN, Optional.empty());
    }

    private static Pod pod(String namespace, Container... containers) {
        return new Pod(
                "uid", namespace, "web-0", QosClass.BURSTABLE, Map.of("tier", "front"), Map.of(), List.of(containers));
    }

    private static PodFilter keywords(String... keywords) {
        return new PodFilter(new Exclusions(Set.of(), Optional.empty(), List.of(keywords), List.of()));
    }

    private static PodFilter regexps(String... regexps) {
        var patterns = Arrays.stream(regexps).map(Pattern::compile).toList();
        return new PodFilter(new Exclusions(Set.of(), Optional.empty(), List.of(), patterns));
    }

    private static PodFilter labels(String selector) {
        var parsed = (LabelSelector.Parsed.Valid) LabelSelector.parse(selector);
        return new PodFilter(new Exclusions(Set.of(), Optional.of(parsed.selector()), List.of(), List.of()));
    }

    @Test
    void nobodyIsExcludedWithoutAnExclusion() {
        var filter = new PodFilter(Exclusions.NONE);
        assertThat(filter.excludes(POD)).isEmpty();
        assertThat(filter.excludes(POD, APP)).isEmpty();
        assertThat(filter.isUniform(POD)).isTrue();
    }

    @Test
    void aNamespaceIsExcludedWholeAndExactly() {
        var filter = new PodFilter(new Exclusions(Set.of("kube-system"), Optional.empty(), List.of(), List.of()));
        assertThat(filter.excludes(pod("kube-system"))).contains("exclude_namespaces: kube-system");
        assertThat(filter.excludes(pod("kube-system", APP), APP)).contains("exclude_namespaces: kube-system");
        assertThat(filter.excludes(pod("kube-system-2"))).isEmpty();
    }

    @Test
    void theSelectorLooksAtThePodsLabels() {
        assertThat(labels("tier=front").excludes(POD)).contains("exclude_label_selector: tier=front");
        assertThat(labels("tier=back").excludes(POD)).isEmpty();
    }

    @Test
    void aKeywordInImageOrNameExcludesThatContainerOnly() {
        assertThat(keywords("istio").excludes(POD)).isEmpty();
        assertThat(keywords("istio-proxy").excludes(POD, PROXY))
                .contains("exclude_keywords: istio-proxy (in name istio-proxy)");
        assertThat(keywords("shop").excludes(POD, APP))
                .contains("exclude_keywords: shop (in image registry.example/shop:1)");
        assertThat(keywords("shop").excludes(POD, PROXY)).isEmpty();
    }

    @Test
    void anExpressionIsFoundInImageNameOrPathOfThatContainerOnly() {
        assertThat(regexps("^istio-").excludes(POD, PROXY)).contains("exclude_regexps: ^istio- (in name istio-proxy)");
        assertThat(regexps("^registry").excludes(POD, APP))
                .contains("exclude_regexps: ^registry (in image registry.example/shop:1)");
        assertThat(regexps("^shop/web-\\d+/app$").excludes(POD, APP))
                .contains("exclude_regexps: ^shop/web-\\d+/app$ (in path shop/web-0/app)");
        assertThat(regexps("^shop/web-\\d+/app$").excludes(POD, PROXY)).isEmpty();
        assertThat(regexps("^shop/").excludes(POD)).isEmpty();
    }

    @Test
    void whetherAllContainersGetTheSameIsKnownBeforeTheirNamesAre() {
        assertThat(keywords("istio").isUniform(POD)).isFalse();
        assertThat(keywords("nothing").isUniform(POD)).isTrue();
        assertThat(regexps("^shop/").isUniform(POD)).isTrue();
        assertThat(regexps("/app$").isUniform(POD)).isFalse();
        assertThat(keywords("istio").isUniform(pod("shop"))).isTrue();
    }

    @Test
    void anExpressionThatBacktracksWithoutEndLeavesTheContainerAlone() {
        var victim = container("a".repeat(63), "x");
        assertThat(regexps("(\\w*)(\\w*)(\\w*)(\\w*)(\\w*)(\\w*)!").excludes(pod("shop", victim), victim))
                .hasValueSatisfying(reason -> assertThat(reason).contains("too much to search, left alone"));
    }

    @Test
    void anExpressionThatOverflowsTheStackLeavesTheContainerAlone() throws InterruptedException {
        var deep = container("deep", "a".repeat(1000));
        var answer = new String[1];
        var small = new Thread(
                null,
                () -> answer[0] =
                        regexps("^(a|b)*!").excludes(pod("shop", deep), deep).orElse("limited"),
                "small stack",
                200_000);
        small.start();
        small.join();
        assertThat(answer[0]).contains("left alone");
    }

    @Test
    void aUsualExpressionIsSearchedToItsEndInTheLongestPath() {
        var longest = pod("n".repeat(63), container("web".repeat(21), "image"));
        var path = new Pod(
                "uid",
                longest.namespace(),
                "p".repeat(253),
                QosClass.BURSTABLE,
                Map.of(),
                Map.of(),
                longest.containers());
        assertThat(regexps(".*web.*!").excludes(path, path.containers().get(0))).isEmpty();
    }

    @Test
    void anImageThatNoRegistryCouldHoldIsNotSearched() {
        var absurd = container("app", "a".repeat(100_000));
        assertThat(regexps("b").excludes(pod("shop", absurd), absurd))
                .hasValueSatisfying(reason -> assertThat(reason).hasSizeLessThan(300));
    }
}
