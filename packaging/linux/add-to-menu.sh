#!/bin/sh
# Gives Playhead an entry and an icon in this person's menu; with --remove takes them out again.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
data=${XDG_DATA_HOME:-$HOME/.local/share}
entry=$data/applications/playhead.desktop

if [ "${1:-}" = --remove ]; then
    rm -f "$entry" "$data"/icons/hicolor/*/apps/playhead.png
    echo "Playhead is no longer in the menu."
    exit 0
fi

# The path stands in quotes, where \ " ` $ need a backslash, and every backslash is doubled once more because the
# entry as a whole is read with escapes; % is doubled because it would begin a field code.
path=$(printf '%s/playhead' "$here" | sed -e 's/\\/\\\\\\\\/g' -e 's/["`$]/\\\\&/g' -e 's/%/%%/g')
mkdir -p "$data/applications" "$data/icons"
cp -R "$here/share/icons/hicolor" "$data/icons/"
while IFS= read -r line; do
    case $line in
        Exec=*) printf 'Exec="%s"\n' "$path" ;;
        *) printf '%s\n' "$line" ;;
    esac
done < "$here/playhead.desktop" > "$entry"
if command -v update-desktop-database > /dev/null; then
    update-desktop-database "$data/applications" || true
fi
echo "Playhead is in the menu now. If you move this folder, run $here/add-to-menu.sh again."
