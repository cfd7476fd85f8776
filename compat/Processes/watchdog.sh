# Ends what an application started once the application is gone: its end of the pipe closes however it died.
# $1: the run's id. $2: a folder that goes with it, or nothing. Lines: add ID group|process SIGNAL | drop ID | container NAME | uncontainer NAME | bye
exec >/dev/null 2>&1
trap '' HUP INT TERM
run=$1
processes=
containers=

without() {
  kept=
  for entry in $2; do
    [ "${entry%%:*}" = "$1" ] || kept="$kept $entry"
  done
  printf %s "$kept"
}

while read -r verb name whom signal; do
  case $verb in
    add) processes="$processes $name:$whom:$signal" ;;
    drop) processes=$(without "$name" "$processes") ;;
    container) containers="$containers $name" ;;
    uncontainer) containers=$(without "$name" "$containers") ;;
    bye) exit 0 ;;
  esac
done

for entry in $processes; do
  id=${entry%%:*}
  case $entry in
    *:process:*) kill -s "${entry##*:}" "$id" ;;
    *) kill -s "${entry##*:}" -- "-$id" ;;
  esac
done
for name in $containers; do docker rm --force --volumes "$name"; done

tries=0
alive=yes
while [ -n "$alive" ] && [ $tries -lt 50 ]; do
  alive=
  for entry in $processes; do
    if kill -s 0 "${entry%%:*}"; then alive=yes; fi
  done
  [ -z "$alive" ] || sleep 0.1
  tries=$((tries + 1))
done
for entry in $processes; do kill -s KILL -- "-${entry%%:*}"; done
for file in $(grep -slz "^COMPAT_RUN=$run\$" /proc/[0-9]*/environ); do
  id=${file#/proc/}
  kill -s KILL "${id%/environ}"
done
[ -z "$2" ] || rm -rf -- "$2"
