#!/bin/bash
# A real S3 server for the tests: Ceph's RADOS Gateway as Debian ships it
# (apt-get install radosgw ceph-mon ceph-osd ceph-common), one process of each kind, everything in memory.
#
#   ceph-rgw.sh run      starts it, prints one line "READY {json}", runs until stdin ends or a signal comes
#   ceph-rgw.sh clear    ends whatever a killed run left behind
#
# Living only as long as stdin means: however the starting process dies, the pipe closes and the servers go too.
# If this script itself is killed, its daemons stay behind; the next run finds their slot unlocked and clears it.
set -euo pipefail

ROOT=${SANDGLASS_RGW_ROOT:-${TMPDIR:-/tmp}}
FIRST_PORT=${SANDGLASS_RGW_PORT:-17580}
# Runs at the same time each take a slot: a folder, a lock, and a hundred ports.
SLOTS=8
STORE_BYTES=$((4 * 1024 * 1024 * 1024))

fail() { echo "ceph-rgw: $*" >&2; exit 1; }

use_slot() {
  DIR=$ROOT/sandglass-rgw-$1
  PORT=$((FIRST_PORT + 100 * $1))
  exec 9>"$DIR.lock"
  flock --nonblock 9
}

# The lock speaks for this machine's folder only: a container may share the network and not the folder.
ports_are_free() {
  local port
  for port in "$PORT" $((PORT + 1)) $((PORT + 2)); do
    if (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then return 1; fi
  done
}

# Begins anywhere, so that runs which cannot see each other's locks do not start on the same ports at once.
take_slot() {
  local tried
  for ((tried = 0; tried < SLOTS; tried++)); do
    if use_slot $((($$ + tried) % SLOTS)) && ports_are_free; then return 0; fi
  done
  return 1
}

# Only processes that were started with this slot's own configuration: a recorded id may be another's by now.
daemons() {
  local pid
  for pid in $(cat "$DIR/pids" 2>/dev/null); do
    if grep -qsF -- "$DIR/ceph.conf" "/proc/$pid/cmdline"; then echo "$pid"; fi
  done
}

clear_slot() {
  local pid
  # Nothing of it is to be kept, so there is nothing to shut down gently.
  for pid in $(daemons); do kill -KILL "$pid" 2>/dev/null || true; done
  for ((i = 0; i < 50; i++)); do [[ -z $(daemons) ]] && break; sleep 0.1; done
  rm -rf "$DIR"
}

# Runs a daemon in a session of its own, so that Ctrl-C reaches this script first. It must not inherit the lock.
daemon() {
  setsid "$@" >>"$DIR/log/$1.out" 2>&1 </dev/null 9>&- &
  echo $! >>"$DIR/pids"
  # Bash would announce the end of every job that it still keeps in mind.
  disown
}

# Fails with the end of the daemons' own words, before the folder is cleared away.
wait_for() {
  local what=$1 seconds=$2
  shift 2
  for ((i = 0; i < seconds * 5; i++)); do
    if "$@" >/dev/null 2>&1; then return 0; fi
    sleep 0.2
  done
  tail -n 5 "$DIR"/log/*.out >&2 || true
  fail "$what did not come up within $seconds seconds"
}

ceph_quickly() { timeout 8 ceph -c "$DIR/ceph.conf" --connect-timeout 6 "$@" 9>&-; }
osd_is_up() { ceph_quickly osd stat | grep -q '1 up'; }
admin() { timeout 40 radosgw-admin -c "$DIR/ceph.conf" "$@" >>"$DIR/log/admin.out" 2>&1 9>&- || fail "radosgw-admin $1 $2 failed"; }

configure() {
  mkdir -p "$DIR"/{mon,osd/0,rgw,run,log}
  FSID=$(cat /proc/sys/kernel/random/uuid)
  ADDRESSES="[v2:127.0.0.1:$((PORT + 1)),v1:127.0.0.1:$((PORT + 2))]"
  cat >"$DIR/ceph.conf" <<CONF
[global]
fsid = $FSID
mon_initial_members = a
mon_host = $ADDRESSES
public_addr = 127.0.0.1
cluster_addr = 127.0.0.1
ms_bind_ipv6 = false
ms_bind_port_min = $((PORT + 10))
ms_bind_port_max = $((PORT + 90))
keyring = $DIR/keyring
run_dir = $DIR/run
admin_socket = $DIR/run/\$name.asok
pid_file = $DIR/run/\$name.pid
log_file = $DIR/log/\$name.log
crash_dir = $DIR/log
# One copy of everything, on one OSD, in pools of one placement group: nothing here is meant to last.
osd_pool_default_size = 1
osd_pool_default_min_size = 1
osd_pool_default_pg_num = 1
osd_pool_default_pgp_num = 1
osd_pool_default_pg_autoscale_mode = off
osd_crush_chooseleaf_type = 0
mon_allow_pool_size_one = true
mon_max_pg_per_osd = 2000
# A full disk of the machine is none of the monitor's business.
mon_data_avail_warn = 1
mon_data_avail_crit = 0
# When the store is full, writers hang instead of failing: tests must delete what they upload, and it is collected soon.
osd_objectstore = memstore
memstore_device_bytes = $STORE_BYTES
[mon.a]
mon_data = $DIR/mon/a
[osd.0]
osd_data = $DIR/osd/0
[client.rgw.a]
rgw_frontends = beast endpoint=127.0.0.1:$PORT
rgw_data = $DIR/rgw
# Buckets by path: the name in the Host header is the endpoint's own.
rgw_dns_name = 127.0.0.1
rgw_run_sync_thread = false
rgw_gc_obj_min_wait = 5
rgw_gc_processor_period = 5
rgw_thread_pool_size = 16
[client]
# AssumeRole's tokens are encrypted with this key (16 characters); the shortest session is 900 seconds, as on AWS.
rgw_s3_auth_use_sts = true
# In the default order, a later engine turns every SignatureDoesNotMatch into AccessDenied.
rgw_s3_auth_order = local, sts
rgw_sts_key = sandglass-sts-16
rgw_sts_min_session_duration = 900
CONF
}

start_cluster() {
  cd "$DIR"
  local all=(--cap mon 'allow *' --cap osd 'allow *')
  {
    ceph-authtool --create-keyring keyring --gen-key -n client.admin "${all[@]}"
    ceph-authtool keyring --gen-key -n mon. --cap mon 'allow *'
    ceph-authtool keyring --gen-key -n osd.0 --cap mon 'allow profile osd' --cap osd 'allow *'
    ceph-authtool keyring --gen-key -n client.rgw.a --cap mon 'allow rw' --cap osd 'allow rwx'
    monmaptool --create --addv a "$ADDRESSES" --fsid "$FSID" monmap
    ceph-mon -c ceph.conf --mkfs -i a --monmap monmap --keyring keyring
  } >>log/setup.out 2>&1 9>&- || fail "the monitor's store could not be made"
  daemon ceph-mon -c "$DIR/ceph.conf" -f -i a
  wait_for 'The monitor' 20 ceph_quickly mon stat
  local osd
  osd=$(cat /proc/sys/kernel/random/uuid)
  ceph_quickly osd new "$osd" >/dev/null
  ceph-osd -c ceph.conf -i 0 --mkfs --osd-uuid "$osd" >>log/setup.out 2>&1 9>&- || fail "the OSD's store could not be made"
  daemon ceph-osd -c "$DIR/ceph.conf" -f -i 0
  wait_for 'The OSD' 20 osd_is_up
  daemon radosgw -c "$DIR/ceph.conf" -f -n client.rgw.a
  wait_for 'The gateway' 60 curl -s -o /dev/null "http://127.0.0.1:$PORT/"
}

# The owner of all buckets, a role that the owner may assume, and somebody who may do nothing at all.
create_users() {
  local trust='{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":["arn:aws:iam:::user/owner"]},"Action":["sts:AssumeRole"]}]}'
  local policy='{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:*"],"Resource":"arn:aws:s3:::*"}]}'
  admin user create --uid=owner --display-name=owner --access-key=AKIAOWNER --secret-key=owner-secret --caps='roles=*'
  admin user create --uid=limited --display-name=limited --access-key=AKIALIMITED --secret-key=limited-secret --max-buckets=-1
  admin role create --role-name=R --path=/ --assume-role-policy-doc="$trust"
  admin role-policy put --role-name=R --policy-name=everything --policy-doc="$policy"
}

run() {
  clear
  take_slot || fail "all $SLOTS slots are taken"
  trap clear_slot EXIT
  trap 'exit 130' INT TERM HUP
  configure
  start_cluster
  create_users
  echo "READY {\"endpoint\":\"http://127.0.0.1:$PORT\",\"accessKeyId\":\"AKIAOWNER\",\"secretAccessKey\":\"owner-secret\",\"roleArn\":\"arn:aws:iam:::role/R\",\"limited\":{\"accessKeyId\":\"AKIALIMITED\",\"secretAccessKey\":\"limited-secret\"}}"
  # A read with a time limit, in a loop: a signal's trap runs only between commands.
  while true; do
    local status=0
    read -r -t 5 _ || status=$?
    if ((status > 0 && status <= 128)); then break; fi
  done
}

clear() {
  local slot
  for ((slot = 0; slot < SLOTS; slot++)); do
    if use_slot "$slot"; then clear_slot; fi
  done
}

case ${1:-} in
  run | clear) "$1" ;;
  *) fail 'usage: ceph-rgw.sh run|clear' ;;
esac
