#!/usr/bin/env bash
# Makes the secrets of compose.yaml, a file each, in deploy/secrets or the folder named. What is there already stays.
# The folder is its owner's alone; a file is readable by all, since a container's user must read it where it is mounted.
set -euo pipefail
folder=${1:-"$(dirname "$0")/secrets"}
mkdir -p "$folder" && chmod 700 "$folder"

random() { od -An -N24 -tx1 /dev/urandom | tr -d ' \n'; }
keep() { [ -e "$folder/$1" ] || { printf '%b\n' "$2" >"$folder/.new" && chmod 444 "$folder/.new" && mv "$folder/.new" "$folder/$1"; }; }
of() { cat "$folder/$1"; }

keep postgres-password "$(random)"
keep postgres-connection "Host=postgres;Username=exporter;Password=$(of postgres-password);Database=exporter;GSS Encryption Mode=Disable"
keep rabbitmq-user "default_user = exporter\ndefault_pass = $(random)"
keep rabbitmq-connection "amqp://exporter:$(sed -n 's/^default_pass = //p' "$folder/rabbitmq-user")@rabbitmq:5672"
keep redis-server "appendonly yes\nrequirepass $(random)"
keep redis-connection "redis:6379,password=$(sed -n 's/^requirepass //p' "$folder/redis-server")"
keep objects-user exporter
keep objects-password "$(random)"
keep objects "$(of objects-user)\n$(of objects-password)"
keep admin-token "$(random)"
