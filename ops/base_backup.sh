#!/usr/bin/env bash
# One base backup of the whole cluster, verified, from which the archived WAL leads to any moment.
#
#   BACKUP_URL=… ops/base_backup.sh FOLDER ARCHIVE [DAYS_KEPT]
#
# BACKUP_URL leads to the server as a role with REPLICATION. Backups older than DAYS_KEPT (30) go, and
# the archived segments that only they needed. The key file is NOT in it: keep it elsewhere.
set -euo pipefail
PATH="${PG_BINDIR:+$PG_BINDIR:}$PATH" # Debian keeps some of these programs in /usr/lib/postgresql/N/bin

folder=${1:?usage: base_backup.sh FOLDER ARCHIVE [DAYS_KEPT]}
archive=${2:?usage: base_backup.sh FOLDER ARCHIVE [DAYS_KEPT]}
kept=${3:-30}
url=${BACKUP_URL:?the address of a role with REPLICATION is needed}

umask 077
mkdir -p "$folder"
name="$folder/base-$(date --utc +%Y%m%dT%H%M%SZ)"
trap 'rm -rf "$name.partial"' EXIT

pg_basebackup --dbname="$url" --pgdata="$name.partial" --wal-method=stream --checkpoint=fast --no-password
pg_verifybackup --quiet "$name.partial"
mv "$name.partial" "$name"

find "$folder" -maxdepth 1 -name 'base-*Z' ! -path "$name" -mtime "+$kept" -exec rm -rf {} +
oldest=$(find "$folder" -maxdepth 1 -name 'base-*Z' | sort | head -n 1)
segment=$(sed -nE 's/^START WAL LOCATION: .*file ([0-9A-F]{24}).*/\1/p' "$oldest/backup_label")
pg_archivecleanup -x .gz "$archive" "$segment"
echo "$name"
