#!/usr/bin/env bash
# One backup of the database, checked, then the old ones removed.
#
#   DATABASE_MIGRATOR_URL=… ops/backup.sh FOLDER [DAYS_KEPT]
#
# The key file is NOT in it, on purpose: without the keys a stolen backup shows no identifier, contact,
# document, payload nor draft. Names, dates and statuses are readable: encrypt the folder. Sessions are left out.
# Keep the keys elsewhere, and copy FOLDER to another machine.
set -euo pipefail

folder=${1:?usage: backup.sh FOLDER [DAYS_KEPT]}
kept=${2:-30}
url=${DATABASE_MIGRATOR_URL:?the owner’s address is needed: it alone sees every row}

umask 077
mkdir -p "$folder"
name="$folder/jalons-$(date --utc +%Y%m%dT%H%M%SZ)"
trap 'rm -rf "$name.partial"' EXIT

pg_dump --dbname="$url" --format=directory --exclude-table-data=django_session --jobs="${JOBS:-2}" --file="$name.partial"
pg_restore --list "$name.partial" >/dev/null
(cd "$name.partial" && find . -type f ! -name SHA256SUMS -exec sha256sum {} + >SHA256SUMS)
mv "$name.partial" "$name"

find "$folder" -maxdepth 1 -name 'jalons-*Z' -mtime "+$kept" -exec rm -rf {} +
echo "$name"
