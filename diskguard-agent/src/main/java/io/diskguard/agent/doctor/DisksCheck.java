/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.doctor;

import io.diskguard.agent.node.DiskWords;
import io.diskguard.device.DiskResolution;
import java.util.List;
import java.util.Set;

/** Whether the configured disks are there and can be limited. */
final class DisksCheck implements Check {
    static final String ID = "disks";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String name() {
        return "disks";
    }

    @Override
    public Set<String> needs() {
        return Set.of(MountsCheck.ID);
    }

    @Override
    public List<Finding> look(Subject node) {
        var answers = node.diskAnswers();
        if (answers.isEmpty()) {
            return List.of(Finding.wrong(
                    this, "looked into the configuration", "no disk is named", "set data_mount, or data_devices"));
        }
        return answers.stream().map(this::finding).toList();
    }

    private Finding finding(DiskResolution answer) {
        var tried = "looked for the disk of " + answer.asked();
        var words = DiskWords.of(answer);
        if (answer instanceof DiskResolution.Found found) {
            return Finding.ok(this, tried, words + "\n" + String.join("\n", found.steps()));
        }
        return Finding.wrong(
                this,
                tried,
                words,
                "set data_mount (or data_devices) to what is on a disk of this node; / is the root's disk");
    }
}
