#!/usr/bin/env bash
# Builds every image and runs compose.yaml with them, on loopback, on a machine that can't pull images: Debian's Docker engine, base
# images by debootstrap, servers from Debian's packages (deploy/lab). As root. Writes what it found, in Markdown, to standard output.
# Needs docker.io, docker-compose, debootstrap, iptables and curl, and the ports of compose.yaml free. EXPORTER_LAB names a
# folder to work in, which keeps what was made for the next time.
set -euo pipefail
cd "$(dirname "$0")/.."
[ "$(id -u)" -eq 0 ] || { echo "Run it as root: it starts dockerd and debootstrap." >&2; exit 1; }
for program in docker dockerd docker-compose debootstrap curl; do
  command -v "$program" >/dev/null || { echo "'$program' is missing: apt-get install docker.io iptables docker-compose debootstrap curl" >&2; exit 1; }
done

lab=${EXPORTER_LAB:-}
[ -n "$lab" ] || { lab=$(mktemp -d /var/tmp/exporter-lab-XXXXXX) && own_folder=1; }
mkdir -p "$lab"
export EXPORTER_SECRETS=$lab/secrets DOCKER_BUILDKIT=0 COMPOSE_DOCKER_CLI_BUILD=0 COMPOSE_PROJECT_NAME=exporter-lab COMPOSE_HTTP_TIMEOUT=300

say() { echo "[$(date +%T)] $*" >&2; }
compose() { docker-compose -f "$lab/compose.yaml" "$@"; }
leave() {
  [ ! -e "$lab/compose.yaml" ] || compose down -v -t 40 >&2 || true
  docker rm -f exporter-lab-standalone >/dev/null 2>&1 || true
  [ -z "${engine:-}" ] || { kill "$engine" && wait "$engine" || true; }
  umount "$lab/docker-run/netns/default" 2>/dev/null || true # dockerd leaves it mounted
  [ -z "${own_folder:-}" ] || rm -rf "$lab"
}
trap leave EXIT

fail() { echo "FAILED: $*" >&2; [ ! -e "$lab/compose.yaml" ] || compose logs --tail 20 >&2; exit 1; }
eventually() { # seconds, what, command…
  local until=$((SECONDS + $1)) what=$2; shift 2
  until "$@"; do [ $SECONDS -lt $until ] || fail "$what"; sleep 1; done
}
state() { docker inspect -f '{{.State.Health.Status}}' "$(compose ps -q "$1")" 2>/dev/null || true; }
is_healthy() { [ "$(state "$1")" = healthy ]; }
port() { docker inspect -f '{{range .Config.Env}}{{println .}}{{end}}' "$(compose ps -q "$1")" | sed -n 's/^Exporter__HttpPort=//p' | grep . || echo 8080; }
answers() { [ "$(curl -s -o /dev/null -w '%{http_code}' "http://127.0.0.1:$(port "$1")$2")" = "$3" ]; }

if [ -z "${DOCKER_HOST:-}" ]; then # one of its own: the machine's, if any, keeps its images
  say "starting dockerd"
  setsid dockerd --data-root "$lab/docker" --exec-root "$lab/docker-run" --pidfile "$lab/dockerd.pid" -H "unix://$lab/docker.sock" --iptables=false --bridge=none >"$lab/dockerd.log" 2>&1 &
  engine=$!
  export DOCKER_HOST=unix://$lab/docker.sock
  eventually 300 "dockerd did not start: $lab/dockerd.log" docker info >/dev/null 2>&1
fi

say "base images"
deploy/lab/base-images.sh "$lab" >&2
say "servers"
docker build -q --network host -t exporter-lab/servers deploy/lab/servers >&2
deploy/make-secrets.sh "$EXPORTER_SECRETS"
docker-compose -f deploy/compose.yaml config | /usr/bin/python3 deploy/lab/on_loopback.py >"$lab/compose.yaml"
say "images"
for file in deploy/images/*.Dockerfile; do
  name=$(basename "$file" .Dockerfile)
  docker build -q --network host -f "$file" -t "exporter/${name,,}:0.1.0" . >&2
done
[ -e "$lab/cli/exporter" ] || dotnet publish tools/Cli -c Release -v quiet --nologo -o "$lab/cli" >&2

declare -A services=()
for file in deploy/images/*.Dockerfile; do
  name=$(basename "$file" .Dockerfile)
  grep -q '^HEALTHCHECK' "$file" && [ "$name" != Standalone ] && services[${name,,}]=$name
done

say "up"
compose up -d >&2
for service in "${!services[@]}"; do eventually 300 "'$service' is not healthy" is_healthy "$service"; done
[ "$(docker inspect -f '{{.State.ExitCode}}' "$(compose ps -q migrations)")" = 0 ] || fail "the migrations failed"

say "a report, to an object"
cli() { "$lab/cli/exporter" "$@" --server http://127.0.0.1:8082 --token-file "$EXPORTER_SECRETS/admin-token"; }
s3() { deploy/lab/servers/s3.sh GET "/reports$1"; }
cli exports create lab --kind s3 --url 's3://reports/lab/{source}/{api_key}' --endpoint http://objects:9000 --region us-east-1 --path-style true \
  --credentials-secret objects --batch 1 --max-delay 1s >&2
cli exports check lab >&2
report='{"items":[{"position":{"latitude":48.2084,"longitude":16.3731,"accuracy":8,"source":"gps"},"wifiAccessPoints":[{"macAddress":"00:25:9c:cf:1c:ac","signalStrength":-61,"ssid":"FRITZ!Box 7530"}]}]}'
[ "$(curl -fsS http://127.0.0.1:8080/v2/geosubmit -H 'Content-Type: application/json' -d "$report")" = '{}' ] || fail "Ingest refused the report"
object_key() { s3 '?list-type=2&prefix=lab/gnss' | sed -n 's/.*<Key>\([^<]*json.gz\)<.*/\1/p' | head -n 1; }
has_object() { [ -n "$(object_key)" ]; }
eventually 300 "no object arrived" has_object
key=$(object_key)
s3 "/$key" | gunzip | grep -q '00:25:9c:cf:1c:ac' || fail "the object '$key' does not hold the report"

say "the database goes, and comes back"
for service in "${!services[@]}"; do answers "$service" /ready 200 || fail "'$service' is not ready"; done
compose stop postgres >&2
for service in "${!services[@]}"; do
  eventually 300 "'$service' still says that it is ready" answers "$service" /ready 503
  answers "$service" /alive 200 || fail "'$service' no longer says that it is alive"
done
compose start postgres >&2
for service in "${!services[@]}"; do
  eventually 300 "'$service' does not become ready again" answers "$service" /ready 200
  eventually 300 "'$service' is not healthy again" is_healthy "$service"
done
[ "$(curl -fsS http://127.0.0.1:8080/v2/geosubmit -H 'Content-Type: application/json' -d "$report")" = '{}' ] || fail "Ingest refused the second report"
two_objects() { [ "$(s3 '?list-type=2&prefix=lab/gnss' | grep -o '<Key>' | wc -l)" -ge 2 ]; }
eventually 300 "the second object did not arrive" two_objects

say "how they run"
rows=""
for service in "${!services[@]}"; do
  id=$(compose ps -q "$service")
  [ "$(docker inspect -f '{{.Config.User}} {{.HostConfig.ReadonlyRootfs}} {{.HostConfig.CapDrop}}' "$id")" = '1654:1654 true [ALL]' ] || fail "'$service' runs with other rights"
  [ -z "$(docker inspect -f '{{range $path, $size := .HostConfig.Tmpfs}}{{$path}}{{end}}' "$id")" ] || fail "'$service' has a tmpfs"
  ! docker run --rm --network none --entrypoint sh "$(docker inspect -f '{{.Config.Image}}' "$id")" -c true 2>/dev/null || fail "'$service' has a shell"
  memory=$(docker stats --no-stream --format '{{.MemUsage}}' "$id")
  said=$(docker logs "$id" 2>&1 | wc -l)
  began=$(date +%s%N)
  docker stop -t 40 "$id" >/dev/null
  took=$((($(date +%s%N) - began) / 1000000))
  code=$(docker inspect -f '{{.State.ExitCode}}' "$id")
  [ "$code" = 0 ] || fail "'$service' stopped with $code"
  rows+="| $service | $(docker image inspect -f '{{.Size}}' "exporter/$service:0.1.0" | awk '{printf "%.0f MB", $1 / 1e6}') | ${memory%% /*} | $said | $took ms, exit code $code |"$'\n'
done

say "Standalone"
docker run -d --name exporter-lab-standalone --network host --read-only --cap-drop ALL --security-opt no-new-privileges -v exporter-lab-standalone:/data \
  -e Exporter__Listen=127.0.0.1 exporter/standalone:0.1.0 >/dev/null
standalone_is_healthy() { [ "$(docker inspect -f '{{.State.Health.Status}}' exporter-lab-standalone)" = healthy ]; }
eventually 300 "Standalone is not healthy" standalone_is_healthy
[ "$(curl -fsS http://127.0.0.1:8080/v2/geosubmit -H 'Content-Type: application/json' -d "$report")" = '{}' ] || fail "Standalone refused the report"
volume=$(docker volume inspect -f '{{.Mountpoint}}' exporter-lab-standalone)
has_file() { [ -n "$(find "$volume/objects" -name '*.json.gz' 2>/dev/null)" ]; }
eventually 300 "no file arrived" has_file
find "$volume/objects" -name '*.json.gz' -exec gunzip -c {} + | grep -q '00:25:9c:cf:1c:ac' || fail "the file does not hold the report"
memory=$(docker stats --no-stream --format '{{.MemUsage}}' exporter-lab-standalone)
docker stop -t 40 exporter-lab-standalone >/dev/null
[ "$(docker inspect -f '{{.State.ExitCode}}' exporter-lab-standalone)" = 0 ] || fail "Standalone did not stop well"
rows+="| standalone | $(docker image inspect -f '{{.Size}}' exporter/standalone:0.1.0 | awk '{printf "%.0f MB", $1 / 1e6}') | ${memory%% /*} | $(docker logs exporter-lab-standalone 2>&1 | wc -l) | exit code 0 |"$'\n'
rows+="| migrations | $(docker image inspect -f '{{.Size}}' exporter/migrations:0.1.0 | awk '{printf "%.0f MB", $1 / 1e6}') | | 1 | exit code 0 |"$'\n'
docker rm exporter-lab-standalone >/dev/null
docker volume rm exporter-lab-standalone >/dev/null

cat <<END
$(date -u +%F), $(docker version -f 'Docker {{.Server.Version}}'), $(docker-compose version --short), base image for running $(docker image inspect -f '{{.Size}}' mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled | awk '{printf "%.0f MB", $1 / 1e6}')

| image | size | memory in use | lines logged | stop |
|---|---:|---:|---:|---|
$(sort <<<"${rows%$'\n'}")
END
