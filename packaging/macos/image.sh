#!/bin/sh
# Signs dist/Playhead.app and makes a disk image of it. Not yet seen running.
#
# PLAYHEAD_VERSION, PLAYHEAD_PACKAGES   the version, and the folder for the image
# PLAYHEAD_SIGN_IDENTITY                "Developer ID Application: ..." of the keychain; without it, nothing is signed
# PLAYHEAD_NOTARY_PROFILE               a profile of `xcrun notarytool store-credentials`; without it, nothing is notarised
set -eu
cd "$(dirname -- "$0")/../.."
app=dist/Playhead.app
image=$PLAYHEAD_PACKAGES/Playhead-$PLAYHEAD_VERSION-macos-$(uname -m).dmg
identity=${PLAYHEAD_SIGN_IDENTITY:-}
profile=${PLAYHEAD_NOTARY_PROFILE:-}

mkdir -p "$app/Contents/Resources/licences"
cp dist/licences/* "$app/Contents/Resources/licences/"
cp dist/playhead.cdx.json "$app/Contents/Resources/"

if [ -n "$identity" ]; then
    # From the inside out: the seal of the bundle covers what lies in it.
    find "$app/Contents" -type f \( -name '*.dylib' -o -name '*.so' \) -print0 |
        xargs -0 codesign --force --timestamp --options runtime --sign "$identity"
    codesign --force --timestamp --options runtime --entitlements packaging/macos/entitlements.plist \
        --sign "$identity" "$app"
    codesign --verify --deep --strict "$app"
else
    echo "Not signed: PLAYHEAD_SIGN_IDENTITY names no certificate. macOS will ask before it opens the program (right click, Open)."
    # What was changed after PyInstaller's own seal gets one that says nothing about who made it.
    codesign --force --deep --sign - --entitlements packaging/macos/entitlements.plist "$app"
fi

place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cp -R "$app" "$place/"
ln -s /Applications "$place/Applications"
rm -f "$image"
hdiutil create -volname "Playhead $PLAYHEAD_VERSION" -srcfolder "$place" -fs HFS+ -format UDZO -ov "$image"

if [ -n "$identity" ]; then
    codesign --force --timestamp --sign "$identity" "$image"
fi
if [ -n "$identity" ] && [ -n "$profile" ]; then
    xcrun notarytool submit "$image" --keychain-profile "$profile" --wait
    xcrun stapler staple "$image"
else
    echo "Not notarised: that needs a certificate and PLAYHEAD_NOTARY_PROFILE."
fi
