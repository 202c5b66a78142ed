#!/bin/sh
# Starts a private PostgreSQL for the conformance tests, and prints how to reach it. Leaves any existing server alone.
#
#   .ci/postgres.sh start FOLDER   installs Debian's server if there is none; prints `export TANDEM_TEST_POSTGRES=…`
#   .ci/postgres.sh stop FOLDER    stops it and deletes its data
#
#   eval "$(.ci/postgres.sh start /tmp/tandem-pg)" && cargo test -p tandem-store
set -eu

action=${1:-}
folder=${2:-}
if [ -z "$folder" ] || { [ "$action" != start ] && [ "$action" != stop ]; }; then
    sed -n '2,7s/^# \{0,1\}//p' "$0" >&2
    exit 2
fi
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
cluster=$folder/cluster
port=${TANDEM_TEST_POSTGRES_PORT:-54329}

binaries() {
    newest=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
    if [ -n "$newest" ]; then
        echo "$newest"
    elif command -v postgres >/dev/null; then
        dirname "$(command -v postgres)"
    fi
}

install() {
    # Without a cluster of its own: Debian would start one on the usual port.
    export DEBIAN_FRONTEND=noninteractive
    mkdir -p /etc/postgresql-common
    [ -e /etc/postgresql-common/createcluster.conf ] || echo "create_main_cluster = false" >/etc/postgresql-common/createcluster.conf
    apt-get update >&2 && apt-get install -y --no-install-recommends postgresql >&2
}

# PostgreSQL refuses to run as root.
as_server() {
    if [ "$(id -u)" = 0 ]; then
        setpriv --reuid=postgres --regid=postgres --clear-groups -- "$@"
    else
        "$@"
    fi
}

bin=$(binaries)
if [ "$action" = stop ]; then
    [ ! -e "$cluster/postmaster.pid" ] || as_server "$bin/pg_ctl" -D "$cluster" -m immediate -w stop >&2
    rm -rf "$cluster" "$folder/log"
    exit
fi

if [ -z "$bin" ]; then
    install
    bin=$(binaries)
fi
if [ "$(id -u)" = 0 ]; then
    id postgres >/dev/null 2>&1 || useradd --system --no-create-home postgres
    chown postgres "$folder"
fi
[ -e "$cluster/PG_VERSION" ] || as_server "$bin/initdb" -D "$cluster" -U tandem -A trust -E UTF8 --locale=C.UTF-8 >&2
if ! as_server "$bin/pg_ctl" -D "$cluster" status >/dev/null 2>&1; then
    # Test data may be lost with the machine, so nothing waits for the disk.
    as_server "$bin/pg_ctl" -D "$cluster" -l "$folder/log" -w \
        -o "-p $port -k $folder -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=300" start >&2
fi
# The port it really has: it may have been started with another.
port=$(sed -n 4p "$cluster/postmaster.pid")
echo "export TANDEM_TEST_POSTGRES=postgres://tandem@127.0.0.1:$port/postgres"
