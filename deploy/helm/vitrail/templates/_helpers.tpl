{{- define "vitrail.labels" -}}
app.kubernetes.io/name: vitrail
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "vitrail.image" -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end }}

{{/* What every process of Vitrail needs: its Secret, and the settings of these values. */}}
{{- define "vitrail.environment" -}}
envFrom:
  - secretRef:
      name: {{ .Values.secretName }}
env:
  - name: VITRAIL_BASE_URL
    value: {{ .Values.baseUrl | quote }}
  {{- with .Values.sitesUrl }}
  - name: VITRAIL_SITES_URL
    value: {{ . | quote }}
  {{- end }}
  - name: VITRAIL_DRAIN_SECONDS
    value: {{ .Values.drainSeconds | quote }}
{{- end }}

{{- define "vitrail.security" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
runAsNonRoot: true
capabilities:
  drop: [ALL]
{{- end }}
