/* SPDX-License-Identifier: Apache-2.0 */
package io.diskguard.agent.report;

/** What the reference says in words. */
final class ReferenceProse {
    static final String EXAMPLE = """
            # What a container may do on each disk where its pod says nothing.
            container_iops_limit: 500
            container_write_iops_limit: 300     # specific wins over general
            container_bps_limit: 100Mi
            # What no annotation can lift.
            max_iops_limit: ${MAX_IOPS:5k}
            max_bps_limit: 1Gi

            data_mounts: [/data, /var/lib/docker]
            data_total_iops: 20k
            data_total_bps: 500Mi
            data_disks:
              - device: nvme1n1
                total_iops: 200k

            exclude_keywords: [pause, istio-proxy]
            exclude_namespaces: [kube-system, monitoring]
            exclude_label_selector: tier=system
            exclude_regexps: ['^shop/db-\\d+/']

            check_interval: 30s
            cgroup_version: auto
            on_shutdown: keep
            state_dir: /var/lib/diskguard

            smart_limit_enabled: true
            smart_limit_mode: shadow
            smart_limit_windows:
              - {window: 15m, io_threshold: 0.9, bps_threshold: 0.9}
              - {window: 1h, io_threshold: 0.8, iops_limit: 400}
            smart_limit_remove_threshold: 0.5
            """;

    static final String BEFORE = """
            # Configuration

            <!-- Written by `diskguard config reference`; a test compares. Change the table in the code, not this page. -->

            Without any configuration the defaults below hold. `diskguard config check [FILE]` reads a configuration exactly as
            `diskguard run` does, prints what is in force and where each value comes from, and every problem that there is.
            With `--changed` it leaves out what has its default.

            ## Sources

            1. the defaults,
            2. the file: `--config FILE`, else the one that the variable `CONFIG_FILE_PATH` names,
            3. the environment: each key in upper case, `CHECK_INTERVAL` for `check_interval`,
            4. sources that plugins bring, each where its own order puts it (the file has 100, the environment 200).

            A later source overrides an earlier one, key by key; a warning says which value is shadowed. Where one key is general
            and another specific (`container_iops_limit`, `container_read_iops_limit`), the specific one wins, whichever sources
            they are in.

            The file is JSON or YAML: by its name (`.json`, `.yaml`, `.yml`), else by its content. It is UTF-8, at most 1 MiB, one
            document, and says no key twice. A line of YAML has at most 64 KiB; aliases (`*name`) are not taken. Every value of every source must be valid,
            also one that another source overrides. Unknown keys are errors; other environment variables are not looked at.

            ## Values

            - **Numbers** are JSON numbers or text: `500`, `"500"`, and Kubernetes quantities: `2k`, `10M` (10⁶), `50Mi` (2²⁰); bytes
              with or without `B`.
            - **Durations** are a number in the unit that the table gives, or have their own: `500ms`, `90s`, `5m`, `1h30m`. So
              `smart_limit_remove_delay: 5` is five minutes and `check_interval: 5` is five seconds.
            - **Booleans** are `true` and `false` and nothing else; not `yes`, `on` or `1`.
            - **Lists** are lists; in an environment variable text with commas, blanks around elements do not count, or a JSON list
              where an element has a comma itself: `EXCLUDE_REGEXPS=["^a{1,3}$"]`. An empty element is an error: it would match
              everything.
            - **Structures** (`data_disks`, `smart_limit_windows`) are in an environment variable written as JSON on one line.
            - **Empty text** is the same as leaving the key out where the key has no default, and an error where it has one; only as
              a list of exclusions it is the empty list. A key without a value in the file (`key:`) is an error.
            - **Placeholders** in the file's values, `${NAME}` and `${NAME:default}`, are replaced from the environment after the
              file was read, so that a variable cannot add keys. `${NAME}` without a default is an error where `NAME` is not set.
            """;

    static final String KEYS = """
            *live* takes effect without a restart as soon as the agent notices the change, *restart* with the next start:
            [changes while it runs](#changes-while-it-runs). In italics what is expected as a value.
            """;

    static final String AFTER = """
            ## Changes while it runs

            The agent follows its file: one that is written in place, replaced by another one, reached through symbolic links,
            mounted from a ConfigMap (as a directory; with `subPath` Kubernetes never changes it), away for a while. A change is
            noticed at once where the file system tells of it, and within 5 s where it does not (NFS); it counts when nothing
            has changed for half a second, at the latest 3 s after it began. The content decides: a file that was only touched,
            or another key of the same ConfigMap, is no change.

            The new configuration is checked as at the start. Valid, it takes effect as a whole, between two turns of the loop:
            containers that run get other limits in the next turn, smart limit goes on with the load that it has seen and the
            limits that it has set, and only a timer that changed starts anew. Switched off, smart limit takes its limits back.
            Keys marked *restart* keep their value until the next start; the log and `/readyz` name them.

            What is not valid changes nothing, as a whole, and the last good configuration goes on: so does an emptied or missing
            file, and a configuration that this node cannot have (a mount that is not there, a cgroup version without block IO).
            The log and the event `ConfigRejected` of the node say what is wrong, the check `configuration` of `/readyz` fails,
            and `diskguard_config_last_reload_successful` is 0 until the next good one. Other content with the same
            problems is not told of again. What the node could not have is tried again every 30 s.

            The environment does not change while a process runs: a key that is set there wins over every change of the file, and
            a warning says so when that key changes in the file.

            ## Windows of smart limit

            What they do, with examples: [smart limit](smart-limit.md).

            `smart_limit_windows` is a list, shortest window first, each length once; it overrides the keys of the three fixed
            windows and of the single one.

            | field | default | meaning |
            |---|---|---|
            | `window` | required | its length: minutes, or `15m`, `1h`; also accepted as `duration` and `duation` |
            | `io_threshold` | 0.8 | what a rate of operations has to exceed; also accepted as `iops_threshold` |
            | `bps_threshold` | 0.8 | what a rate of bytes has to exceed |
            | `iops_limit`, `bps_limit` | 0 | what is set; 0: computed |

            `smart_limit_remove_threshold` must be below every threshold that is a fraction: else the rate that triggers a limit
            would release it too.

            ## Disks

            `data_disks` is a list of `{device, total_iops, total_bps}`: a disk by kernel name, by-id path or MAJ:MIN, and one number
            or both; what is left out is as for every disk.

            ## Keys that mean nothing here

            `default_iops_limit`, `default_bps_limit`, `docker_client_version`, `KubeConfigPath`, `kube_config_path` and
            `kubelet_sa_token_path` are known from other programs. They are no error: a warning says what to use.

            ## Problems

            All problems are reported at once, each with its key, value, origin and what was expected; nothing is guessed and
            nothing skipped. The agent does not start with one (exit code 2),
            and one that runs goes on with what it has.

            ```text
            check_interval is "5 parsecs" (/etc/diskguard/config.yaml line 3): expected a duration from 1s to 24h: …
            data_muont is "/data" (/etc/diskguard/config.yaml line 1): expected a known key; the nearest is data_mount
            smart_limit_windows[1].io_threshold is "1.5" (environment variable SMART_LIMIT_WINDOWS): expected a fraction …
            ```

            Values are shortened. What stands where a path to a credential should be, and is no absolute path, is never
            shown: it may be the credential.

            ## Example

            ```yaml
            """ + EXAMPLE + """
            ```
            """;

    private ReferenceProse() {}
}
