#!/bin/sh
# Gives Playhead an entry and an icon in this person's menu; with --remove takes them out again.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
if [ -z "${XDG_DATA_HOME:-}${HOME:-}" ]; then
    echo "There is no home folder to make a menu entry in. Playhead runs without one: $here/playhead" >&2
    exit 1
fi
data=${XDG_DATA_HOME:-$HOME/.local/share}
entry=$data/applications/playhead.desktop

if [ "${1:-}" = --remove ]; then
    rm -f "$entry" "$data"/icons/hicolor/*/apps/playhead.png "$data"/icons/hicolor/*/apps/playhead.svg
    # Folders that are empty now were made for it alone; others stay.
    for size in "$data"/icons/hicolor/*; do
        rmdir "$size/apps" "$size" 2> /dev/null || true
    done
    rmdir "$data/icons/hicolor" "$data/icons" 2> /dev/null || true
    if command -v update-desktop-database > /dev/null; then
        update-desktop-database "$data/applications" || true
    fi
    if ! ls "$data"/applications/*.desktop > /dev/null 2>&1; then
        rm -f "$data/applications/mimeinfo.cache"
    fi
    rmdir "$data/applications" 2> /dev/null || true
    echo "Playhead is no longer in the menu. What you did with it is kept in $data/Playhead."
    exit 0
fi

# The path stands in quotes, where \ " ` $ need a backslash, and every backslash is doubled once more because the
# entry as a whole is read with escapes; % is doubled because it would begin a field code.
path=$(printf '%s/playhead' "$here" | sed -e 's/\\/\\\\\\\\/g' -e 's/["`$]/\\\\&/g' -e 's/%/%%/g')
mkdir -p "$data/applications" "$data/icons"
cp -R "$here/share/icons/hicolor" "$data/icons/"
while IFS= read -r line; do
    case $line in
        Exec=*) printf 'Exec="%s"%s\n' "$path" "${line#Exec=playhead}" ;;
        *) printf '%s\n' "$line" ;;
    esac
done < "$here/share/applications/playhead.desktop" > "$entry"
if command -v update-desktop-database > /dev/null; then
    update-desktop-database "$data/applications" || true
fi
echo "Playhead is in the menu now. If you move this folder, run $here/add-to-menu.sh again."
