#!/bin/sh
# A call of S3 on loopback, signed with the secrets' credentials: s3.sh PUT /bucket
set -eu
secrets=${EXPORTER_SECRETS:-/run/secrets}
now=$(date -u '+%a, %d %b %Y %H:%M:%S +0000')
signature=$(printf '%s\n\n\n%s\n%s' "$1" "$now" "${2%%\?*}" | openssl dgst -sha1 -hmac "$(cat "$secrets/objects-password")" -binary | base64)
exec curl -fsS -X "$1" -H "Date: $now" -H "Authorization: AWS $(cat "$secrets/objects-user"):$signature" "http://127.0.0.1:9000$2"
