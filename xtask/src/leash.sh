# Runs "$@" for process.rs and ends it when standard input closes: whatever way the parent ends, even by SIGKILL, nothing
# it started is left behind. Everything here is one process group, which the parent signals as a whole, and holds the
# other end of the parent's socket, by which the parent knows when the last of them is gone.
exec 3<&0
"$@" </dev/null &
child=$!
(
  trap '' TERM INT HUP
  read -r _ <&3
  kill -TERM 0
  sleep 3
  kill -KILL 0
) >/dev/null 2>&1 &
exec 3<&-
# The signal reaches the child by itself; this shell stays to report how it ended.
trap : TERM INT HUP
while :; do
  wait "$child"
  code=$?
  kill -0 "$child" 2>/dev/null || exit "$code"
done
