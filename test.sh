#!/usr/bin/env bash
# Builds everything and runs every test. Installs the servers that the tests start from Debian's packages, when they are missing.
set -euo pipefail
cd "$(dirname "$0")"

# No package of Debian's has one that is new enough.
command -v kubectl >/dev/null 2>&1 || { echo "kubectl 1.32 or newer is missing. Install it, since tests/Deploy.Tests renders the manifests with it." >&2; exit 1; }

packages=()
needs() { command -v "$1" >/dev/null 2>&1 || packages+=("${@:2}"); }
needs radosgw radosgw
needs ceph-mon ceph-mon
needs ceph-osd ceph-osd
needs ceph-mgr ceph-mgr
needs ceph ceph-common
needs jq jq
compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null || packages+=(postgresql)
needs protoc protobuf-compiler
needs grpc_python_plugin protobuf-compiler-grpc
needs node nodejs
needs npm npm
[ -e /usr/lib/rabbitmq/bin/rabbitmq-server ] || packages+=(rabbitmq-server)
# Debian's Python, whichever the path has first; what it lacks can't be seen from a command's name.
[ -e /usr/include/google/protobuf/timestamp.proto ] || packages+=(libprotobuf-dev)
/usr/bin/python3 -c "import google.protobuf" 2>/dev/null || packages+=(python3-protobuf)
/usr/bin/python3 -c "import grpc" 2>/dev/null || packages+=(python3-grpcio)
needs redis-server redis-server
needs chromium chromium
if [ ${#packages[@]} -gt 0 ]; then
  sudo=""
  [ "$(id -u)" -eq 0 ] || sudo="sudo"
  echo "Installing for the tests: ${packages[*]}"
  # The packages of servers must not start them: the tests start their own.
  if [ ! -e /usr/sbin/policy-rc.d ]; then
    printf '#!/bin/sh\nexit 101\n' | $sudo install -m 755 /dev/stdin /usr/sbin/policy-rc.d
    trap '$sudo rm -f /usr/sbin/policy-rc.d' EXIT
  fi
  $sudo apt-get update -qq
  DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
  # The tests start servers of their own. Where nothing forbids it, Debian's package has started one: ours alone, since there was none.
  if [[ " ${packages[*]} " == *" postgresql "* ]]; then
    pg_lsclusters --no-header | while read -r version cluster _ state _; do
      [ "$state" != online ] || $sudo pg_ctlcluster "$version" "$cluster" stop
    done
  fi
fi

export LockedRestore=true Analyze=true
dotnet build Exporter.sln --nologo -v quiet

passed=0
failed=0
skipped=0
count() { sed -n "s/^  $2: *\([0-9][0-9]*\).*/\1/p" "$1" | tail -n 1; }
for project in tests/*.Tests; do
  name=$(basename "$project")
  log=$(mktemp)
  echo "== $name"
  status=0
  "$project/bin/Debug/net10.0/Exporter.$name" --no-progress --no-ansi >"$log" 2>&1 || status=$?
  cat "$log"
  total=$(count "$log" total)
  passed=$((passed + $(count "$log" succeeded || echo 0)))
  skipped=$((skipped + $(count "$log" skipped || echo 0)))
  wrong=$(count "$log" failed || echo 0)
  # A run that died has counted nothing wrong: it is one failure.
  if [ "$status" -ne 0 ] && [ "${wrong:-0}" -eq 0 ]; then wrong=1; fi
  [ -n "$total" ] || wrong=1
  failed=$((failed + wrong))
  rm -f "$log"
done

if [ "$skipped" -gt 0 ]; then
  echo "$skipped test(s) were skipped, and none may be."
  failed=$((failed + skipped))
fi
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
