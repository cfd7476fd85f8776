#!/bin/sh
# Ceph's S3 gateway in memory, on loopback, for the store of compose.yaml; the credentials come from the same files.
set -eu
cd /tmp
cluster=$(cat /proc/sys/kernel/random/uuid)
disk=$(cat /proc/sys/kernel/random/uuid)
cat >ceph.conf <<END
[global]
fsid = $cluster
mon host = [v1:127.0.0.1:6789]
public addr = 127.0.0.1
cluster addr = 127.0.0.1
auth cluster required = none
auth service required = none
auth client required = none
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 4
osd crush chooseleaf type = 0
osd crush update on start = false
osd class update on start = false
osd objectstore = memstore
memstore device bytes = 1073741824
osd class load list = *
osd class default list = *
mon data = /tmp/mon/\$id
osd data = /tmp/osd/\$id
keyring = /tmp/keyring
run dir = /tmp
admin socket = /tmp/\$name.asok
log file = /tmp/\$name.log
pid file = /tmp/\$name.pid
mon warn on pool no redundancy = false
mon allow pool size one = true
paxos propose interval = 0.05
rgw frontends = beast endpoint=127.0.0.1:9000
rgw data = /tmp/rgw
END
export CEPH_CONF=/tmp/ceph.conf
mkdir -p mon osd/0
monmaptool --create --clobber --addv a '[v1:127.0.0.1:6789]' --fsid "$cluster" monmap
ceph-mon --mkfs -i a --monmap monmap
ceph-mon -i a
ceph --connect-timeout 60 osd new "$disk"
ceph-osd -i 0 --mkfs --osd-uuid "$disk"
ceph-osd -i 0
ceph osd crush add osd.0 1.0 host=h root=default
radosgw-admin user create --uid=exporter --display-name=exporter \
  --access-key="$(cat /run/secrets/objects-user)" --secret-key="$(cat /run/secrets/objects-password)" >/dev/null
exec radosgw -f -n client.rgw.a
