{{- /* SPDX-License-Identifier: Apache-2.0 */ -}}

{{- define "diskguard.name" -}}
{{- .Values.nameOverride | default .Chart.Name | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{- define "diskguard.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 63 | trimSuffix "-" -}}
{{- else if contains (include "diskguard.name" .) .Release.Name -}}
{{- .Release.Name | trunc 63 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name (include "diskguard.name" .) | trunc 63 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "diskguard.selectorLabels" -}}
app.kubernetes.io/name: {{ include "diskguard.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "diskguard.labels" -}}
{{ include "diskguard.selectorLabels" . }}
app.kubernetes.io/component: agent
app.kubernetes.io/part-of: diskguard
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end -}}

{{- define "diskguard.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
{{- .Values.serviceAccount.name | default (include "diskguard.fullname" .) -}}
{{- else -}}
{{- required "serviceAccount.name: needed where serviceAccount.create is false" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{- define "diskguard.image" -}}
{{- with .Values.image -}}
{{- if .digest -}}
{{- printf "%s@%s" .repository .digest -}}
{{- else -}}
{{- printf "%s:%s" .repository (.tag | default $.Chart.AppVersion) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* The port of http_address. The probes come to it from the node, so it cannot be on the loopback address. */ -}}
{{- define "diskguard.port" -}}
{{- $address := get .Values.config "http_address" | default "0.0.0.0:2112" | toString -}}
{{- if regexMatch "^(localhost|127\\.|\\[::1\\])" $address -}}
{{- fail (printf "config.http_address: %s is heard in the pod only, and the kubelet's probes come from outside" $address) -}}
{{- end -}}
{{- regexFind ":[0-9]+$" $address | required (printf "config.http_address: %s does not end in a port" $address) | trimPrefix ":" -}}
{{- end -}}

{{- define "diskguard.stateDir" -}}
{{- get .Values.config "state_dir" | default "/var/lib/diskguard" -}}
{{- end -}}

{{- define "diskguard.smartPrefix" -}}
{{- get .Values.config "smart_limit_annotation_prefix" | default "iops-limit" -}}
{{- end -}}

{{- /* What the ConfigMap holds: `config`, as it is written there. */ -}}
{{- define "diskguard.config" -}}
{{- if hasKey .Values.config "node_name" -}}
{{- fail "config.node_name: each pod has the name of its own node in its environment" -}}
{{- end -}}
{{- toYaml .Values.config -}}
{{- end -}}

{{- /* What makes the pods be replaced: the whole configuration, or only keys that never take effect without a restart. */ -}}
{{- define "diskguard.restartOn" -}}
{{- if .Values.restartOnConfigChange -}}
{{- toJson .Values.config -}}
{{- else -}}
{{- pick .Values.config "http_address" "kubeconfig_path" "kubelet_ca_path" "kubelet_client_cert_path" "kubelet_client_key_path" "kubelet_token_path" "node_name" "pod_source" "state_dir" | toJson -}}
{{- end -}}
{{- end -}}

{{- /* What the agent may read of its kubelet: as said in `rbac`, else what the configuration makes it ask for. A list, or nothing. */ -}}
{{- define "diskguard.kubeletResources" -}}
{{- $metrics := eq (get .Values.config "smart_limit_use_kubelet_api" | toString) "true" -}}
{{- if kindIs "bool" .Values.rbac.kubeletMetrics -}}{{- $metrics = .Values.rbac.kubeletMetrics -}}{{- end -}}
{{- $pods := eq (get .Values.config "pod_source" | toString) "kubelet" -}}
{{- if kindIs "bool" .Values.rbac.kubeletPods -}}{{- $pods = .Values.rbac.kubeletPods -}}{{- end -}}
{{- $resources := list -}}
{{- if $metrics -}}{{- $resources = append $resources "nodes/metrics" -}}{{- end -}}
{{- if $pods -}}{{- $resources = append $resources "nodes/pods" -}}{{- end -}}
{{- if .Values.rbac.kubeletProxy -}}{{- $resources = append $resources "nodes/proxy" -}}{{- end -}}
{{- join ", " $resources -}}
{{- end -}}

{{- /* Directories of the host in which a container runtime's socket may be: by name of a volume. Docker's socket is in /run itself. */ -}}
{{- define "diskguard.sockets" -}}
{{- if has .Values.runtime (list "auto" "containerd") }}
containerd: /run/containerd
k3s: /run/k3s/containerd
k0s: /run/k0s
{{- end }}
{{- if has .Values.runtime (list "auto" "cri-o") }}
crio: /run/crio
{{- end }}
{{- end -}}

{{- /* The names of the agent's own annotations, below their prefix: io.diskguard.model.SmartStateKeys. */ -}}
{{- define "diskguard.stateKeys" -}}
- smart-limit
- triggered-by
- trigger-reason
- limit-reason
- read-iops-limit
- write-iops-limit
- read-bps-limit
- write-bps-limit
- auto-iops
- auto-bps
- applied-at
- smart-state
- limit-removed
- removed-at
- removed-reason
{{- end -}}
