#!/bin/sh
# Makes the bucket, by S3's own call.
set -eu
exec curl -fsS --retry 5 --aws-sigv4 aws:amz:us-east-1:s3 --user "$(cat /run/secrets/objects-user):$(cat /run/secrets/objects-password)" \
  -X PUT http://objects:9000/reports
