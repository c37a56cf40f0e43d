/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskguard.config.ConfigKeys;
import io.diskguard.model.SmartStateKeys;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicy;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBinding;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.Validation;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class AdmissionPolicyTest {
    private static final Pattern QUOTED = Pattern.compile("'([^']*)'");

    private final ValidatingAdmissionPolicy policy = Manifests.only(Manifests.POLICY, ValidatingAdmissionPolicy.class);

    @Test
    void theAgentMaySetTheKeysOfItsStateAndNoOther() {
        assertThat(keys("own")).isEqualTo(List.copyOf(SmartStateKeys.below(prefix())));
    }

    @Test
    void stateUnderAFormerPrefixMayBeRemoved() {
        var former = new TreeSet<String>();
        for (var prefix : List.of("iops-limit", "kubediskguard.io", "io-limit")) {
            former.addAll(SmartStateKeys.below(prefix));
        }
        former.removeAll(keys("own"));
        assertThat(new TreeSet<>(keys("former"))).isEqualTo(former);
    }

    @Test
    void whatAPodsOwnerWritesIsNeverTheAgents() {
        var all = new TreeSet<>(keys("own"));
        all.addAll(keys("former"));
        assertThat(all)
                .allMatch(key -> SmartStateKeys.names().contains(key.substring(key.indexOf('/') + 1)))
                .noneMatch(key -> key.matches(".*/((read-|write-)?(iops|bps)|removed|policy)"));
    }

    @Test
    void itHoldsForTheAgentAndForNobodyElse() {
        var account = Manifests.only(Manifests.AGENT, ServiceAccount.class).getMetadata();
        assertThat(policy.getSpec().getMatchConditions()).singleElement().satisfies(condition -> assertThat(
                        condition.getExpression())
                .isEqualTo("request.userInfo.username == 'system:serviceaccount:" + account.getNamespace() + ":"
                        + account.getName() + "'"));
    }

    @Test
    void whatCannotBeJudgedIsDenied() {
        assertThat(policy.getSpec().getFailurePolicy()).isEqualTo("Fail");
        var binding = Manifests.only(Manifests.POLICY, ValidatingAdmissionPolicyBinding.class);
        assertThat(binding.getSpec().getPolicyName())
                .isEqualTo(policy.getMetadata().getName());
        assertThat(binding.getSpec().getValidationActions()).containsExactly("Deny");
        assertThat(policy.getSpec().getMatchConstraints().getResourceRules())
                .singleElement()
                .satisfies(rule -> {
                    assertThat(rule.getResources()).containsExactly("pods");
                    assertThat(rule.getOperations()).containsExactly("UPDATE");
                });
    }

    @Test
    void everyDenialSaysWhy() {
        assertThat(policy.getSpec().getValidations()).hasSizeGreaterThan(3).allMatch(validation -> text(validation)
                .contains("DiskGuard agent"));
    }

    private static String text(Validation validation) {
        return validation.getMessage() + validation.getMessageExpression();
    }

    private static String prefix() {
        return ConfigKeys.find("smart_limit_annotation_prefix")
                .orElseThrow()
                .defaultText()
                .orElseThrow();
    }

    private List<String> keys(String variable) {
        var expression = policy.getSpec().getVariables().stream()
                .filter(one -> one.getName().equals(variable))
                .findFirst()
                .orElseThrow()
                .getExpression();
        return QUOTED.matcher(expression).results().map(found -> found.group(1)).toList();
    }
}
