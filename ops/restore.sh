#!/usr/bin/env bash
# Restores a backup into a NEW database, and compares its files with their sums first.
#
#   ADMIN_URL=… ops/restore.sh BACKUP NEW_DATABASE
#
# ADMIN_URL leads to any database of the server, as a role that may create a database for
# jalons_owner (a superuser, or the owner with CREATEDB). Then point the three URLs at NEW_DATABASE.
set -euo pipefail

backup=${1:?usage: restore.sh BACKUP NEW_DATABASE}
database=${2:?usage: restore.sh BACKUP NEW_DATABASE}
admin=${ADMIN_URL:?an address of the server is needed}
owner=${OWNER:-jalons_owner}

[[ $database =~ ^[a-z][a-z0-9_]*$ ]] || { echo "bad name: $database" >&2; exit 2; }
(cd "$backup" && sha256sum --check --quiet SHA256SUMS)

psql --dbname="$admin" --no-psqlrc --quiet --set=ON_ERROR_STOP=1 \
    --command="CREATE DATABASE $database OWNER $owner TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'"
target=$(sed -E "s#(://[^/]*/)[^?]*#\1$database#" <<<"$admin")
pg_restore --dbname="$target" --jobs="${JOBS:-2}" --exit-on-error "$backup"
psql --dbname="$target" --no-psqlrc --quiet \
    --command="SET client_min_messages TO error" --command="ANALYZE"
echo "restored into $database"
