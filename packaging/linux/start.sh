#!/bin/sh
# Starts Playhead from the folder that it was unpacked into, or says why this system cannot run it.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$(readlink -f -- "$0")")" && pwd)
needed=@GLIBC@

refuse() {
    echo "$1" >&2
    # Started by double-click, nobody reads what stands on standard error.
    if [ ! -t 2 ] && [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
        for show in 'zenity --error --text' 'kdialog --error' 'xmessage -center' 'notify-send Playhead'; do
            if command -v "${show%% *}" > /dev/null; then
                $show "$1" || true
                break
            fi
        done
    fi
    exit 1
}

if [ "$(uname -m)" != @MACHINE@ ]; then
    refuse "This Playhead was built for computers of the kind @MACHINE@; this one is $(uname -m)."
fi
found=$(getconf GNU_LIBC_VERSION 2> /dev/null | sed -n 's/^glibc //p') || found=
if [ -z "$found" ]; then
    refuse "Playhead needs the C library glibc $needed or newer. This system has another one (musl, perhaps), on which it does not run."
fi
oldest=$(printf '%s\n%s\n' "$needed" "$found" | sort -t. -k1,1n -k2,2n | head -n 1)
if [ "$oldest" != "$needed" ]; then
    refuse "Playhead needs the C library glibc $needed or newer, and this system has glibc $found. Systems since Ubuntu 22.04, Fedora 36, openSUSE Leap 15.6 or Debian 12 are new enough; an older system has to be upgraded first."
fi
exec "$here/program/playhead" "$@"
