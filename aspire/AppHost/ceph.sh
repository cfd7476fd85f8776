#!/usr/bin/env bash
# Ceph's S3 gateway over one monitor and one disk, which is a file. Nothing in it asks for a password but the gateway.
# $1: the folder that keeps it. S3_PORT, MONITOR_PORT: where they listen on loopback, which may change from start to start.
# S3_ACCESS_KEY, S3_SECRET_KEY: the gateway's user.
# The one monitor waits for no other before it decides: paxos propose interval.
set -euo pipefail
export LC_ALL=C.UTF-8
mkdir -p "$1"
cd "$1"
folder=$PWD
monitor="[v1:127.0.0.1:$MONITOR_PORT]"

# What was not made to its end is made anew.
[ -e made ] || rm -rf mon osd cluster disk
mkdir -p mon osd/0
[ -e cluster ] || cat /proc/sys/kernel/random/uuid >cluster
[ -e disk ] || cat /proc/sys/kernel/random/uuid >disk

cat >ceph.conf <<END
[global]
fsid = $(cat cluster)
mon host = $monitor
public addr = 127.0.0.1
cluster addr = 127.0.0.1
auth cluster required = none
auth service required = none
auth client required = none
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 4
mon warn on pool no redundancy = false
mon allow pool size one = true
paxos propose interval = 0.05
osd crush chooseleaf type = 0
osd crush update on start = false
osd class update on start = false
osd class load list = *
osd class default list = *
osd objectstore = bluestore
bluestore block size = 107374182400
osd memory target = 939524096
mon data = $folder/mon/\$id
osd data = $folder/osd/\$id
rgw data = $folder/rgw
keyring = $folder/keyring
run dir = $folder
admin socket =
log file =
pid file =
rgw frontends = beast endpoint=127.0.0.1:$S3_PORT
END

servers=()
stop() {
  trap - TERM INT
  # In reverse order: who writes before what is written to.
  for ((i = ${#servers[@]} - 1; i >= 0; i--)); do
    kill "${servers[$i]}" 2>/dev/null || true
    wait "${servers[$i]}" 2>/dev/null || true
  done
}
trap 'stop; exit 0' TERM INT
trap stop EXIT
serve() {
  "$@" -c ceph.conf -f &
  servers+=($!)
}
# In the background and waited for, so that a signal does not wait for it.
run() {
  "$@" &
  wait $!
}

run monmaptool --create --clobber --addv a "$monitor" --fsid "$(cat cluster)" monmap >/dev/null
if [ -e made ]; then
  run ceph-mon -c ceph.conf -i a --inject-monmap monmap
else
  run ceph-mon -c ceph.conf -i a --mkfs --monmap monmap
fi
serve ceph-mon -i a
run ceph -c ceph.conf --connect-timeout 60 status >/dev/null

if [ ! -e made ]; then
  run ceph -c ceph.conf osd new "$(cat disk)" >/dev/null
  run ceph-osd -c ceph.conf -i 0 --mkfs --osd-uuid "$(cat disk)" 2>/dev/null
fi
serve ceph-osd -i 0
run ceph -c ceph.conf osd crush add osd.0 1.0 host=h root=default

keys=(--uid=exporter "--access-key=$S3_ACCESS_KEY" "--secret-key=$S3_SECRET_KEY")
if [ -e made ]; then
  run radosgw-admin -c ceph.conf key create --key-type=s3 "${keys[@]}" >/dev/null
else
  run radosgw-admin -c ceph.conf user create --display-name=exporter "${keys[@]}" >/dev/null
  touch made
fi
serve radosgw -n client.rgw.a
echo "The gateway starts at http://127.0.0.1:$S3_PORT."

# One that ends takes the others with it.
wait -n "${servers[@]}" || true
echo "One of Ceph's servers ended." >&2
exit 1
