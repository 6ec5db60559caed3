#!/usr/bin/env bash
# Makes a data directory as it was at one moment, from a base backup and the archived WAL.
#
#   ops/restore_at.sh BASE ARCHIVE NEW_DATA MOMENT
#
# MOMENT is a time with its zone ('2026-11-28 05:30:00+00'), later than BASE and covered by ARCHIVE, or
# `latest`. Run as the server's user; NEW_DATA must be empty. Then start the server on it: it replays,
# and opens once the moment is reached. It archives nothing: take a new base backup into a new archive.
set -euo pipefail
PATH="${PG_BINDIR:+$PG_BINDIR:}$PATH" # Debian keeps some of these programs in /usr/lib/postgresql/N/bin

base=${1:?usage: restore_at.sh BASE ARCHIVE NEW_DATA MOMENT}
archive=${2:?usage: restore_at.sh BASE ARCHIVE NEW_DATA MOMENT}
data=${3:?usage: restore_at.sh BASE ARCHIVE NEW_DATA MOMENT}
moment=${4:?usage: restore_at.sh BASE ARCHIVE NEW_DATA MOMENT}

[[ $moment == latest || $moment =~ ^[0-9]{4}-[0-9]{2}-[0-9]{2}\ [0-9:.]+[+-][0-9:]+$ ]] ||
    { echo "bad moment: $moment" >&2; exit 2; }
[[ -d $archive && $archive != *[\'\"]* ]] || { echo "no archive: $archive" >&2; exit 2; }
[[ ! -e $data || -z $(ls -A "$data") ]] || { echo "not empty: $data" >&2; exit 2; }

pg_verifybackup --quiet "$base"
umask 077
mkdir -p "$data"
cp -a "$base/." "$data/"
chmod 700 "$data"
{
    echo "archive_mode = off"
    echo "restore_command = 'gunzip -c \"$archive/%f.gz\" > \"%p\"'"
    echo "recovery_target_action = 'promote'"
    [[ $moment == latest ]] || echo "recovery_target_time = '$moment'"
} >>"$data/postgresql.auto.conf"
touch "$data/recovery.signal"
echo "ready to start: $data"
