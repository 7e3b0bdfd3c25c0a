#!/bin/sh
# Starts a Redis server that sentinels watch: start.sh NAME [FIRST_PRIMARY]
#
# A primary that dies and comes back in the middle of a fail-over is still believed by sentinels and
# replicas that have not been told yet; what is written to it then is lost a second later. So a
# server that was here before waits until a fail-over would be over, and then asks who is primary.
set -eu
name=$1
first_primary=${2:-}
sentinels="sentinel-1 sentinel-2 sentinel-3"
over_seconds=10  # more than down-after-milliseconds and a promotion take (sentinel.conf)

primary=$first_primary
if [ -e /data/appendonlydir ]; then
    sleep "$over_seconds"
    for sentinel in $sentinels; do
        told=$(redis-cli -h "$sentinel" -p 26379 SENTINEL get-master-addr-by-name kawasaki | head -n 1)
        if [ -n "$told" ]; then primary=$told; break; fi
    done
fi
[ "$primary" = "$name" ] && primary=

set -- /etc/redis.conf --replica-announce-ip "$name"
[ -z "$primary" ] || set -- "$@" --replicaof "$primary" 6379
exec redis-server "$@"
