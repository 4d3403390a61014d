; Installer for Windows (Inno Setup 6): for one person without rights, or for the machine. Not yet seen running.
;
;   ISCC /DVersion=0.1.0 packaging\windows\installer.iss
;
; Silent: Playhead-<version>-windows-setup.exe /VERYSILENT /NORESTART [/CURRENTUSER | /ALLUSERS] [/DIR="..."] [/LOG="..."]
; Silent removal: "<folder>\unins000.exe" /VERYSILENT /NORESTART
; Signed only where a certificate is given: ISCC "/Ssign=signtool sign /fd sha256 ... $f" /DSign packaging\windows\installer.iss

#ifndef Version
  #error Give the version: ISCC /DVersion=0.1.0 installer.iss
#endif

[Setup]
AppId={{6C4D0E3B-6F0B-4F7E-9C83-8C1E5D0F7A21}
AppName=Playhead
AppVersion={#Version}
AppVerName=Playhead {#Version}
AppPublisher=The Playhead authors
VersionInfoVersion={#Version}
VersionInfoDescription=Installer of Playhead
VersionInfoProductName=Playhead
SourceDir=..\..
OutputBaseFilename=Playhead-{#Version}-windows-setup
DefaultDirName={autopf}\Playhead
DefaultGroupName=Playhead
DisableProgramGroupPage=yes
DisableDirPage=auto
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog commandline
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
LicenseFile=LICENSE
SetupIconFile=build\icons\playhead.ico
UninstallDisplayIcon={app}\playhead.exe
UninstallDisplayName=Playhead
Compression=lzma2/max
SolidCompression=yes
WizardStyle=modern
CloseApplications=yes
RestartApplications=no
#ifdef Sign
SignTool=sign
SignedUninstaller=yes
#endif

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; Flags: unchecked

[InstallDelete]
; What an earlier version had and this one has not.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "dist\Playhead\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion
Source: "dist\licences\*"; DestDir: "{app}\licences"; Flags: recursesubdirs ignoreversion
Source: "dist\playhead.cdx.json"; DestDir: "{app}"; Flags: ignoreversion

[Icons]
Name: "{group}\Playhead"; Filename: "{app}\playhead.exe"; AppUserModelID: "org.playhead.Playhead"
Name: "{autodesktop}\Playhead"; Filename: "{app}\playhead.exe"; Tasks: desktopicon

[Run]
Filename: "{app}\playhead.exe"; Description: "{cm:LaunchProgram,Playhead}"; Flags: nowait postinstall skipifsilent

[Code]
procedure CurUninstallStepChanged(CurUninstallStep: TUninstallStep);
begin
  { Data of a person are theirs: they stay, and it is said where. }
  if (CurUninstallStep = usPostUninstall) and not UninstallSilent then
    MsgBox('Playhead is removed. What you did with it (catalogue, marks, settings) is kept in' + #13#10 +
      ExpandConstant('{localappdata}\Playhead') + #13#10 +
      'and your secrets in the Credential Manager, until you disconnect the accounts or delete them there.',
      mbInformation, MB_OK);
end;
