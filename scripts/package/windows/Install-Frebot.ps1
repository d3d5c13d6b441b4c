<#
.SYNOPSIS
  Runs Frebot as a task that starts with the machine, under an account with few rights.
.DESCRIPTION
  Windows PowerShell 5.1, elevated. Prepares a folder for settings and data that only the account and administrators can read,
  registers the task "Frebot" and starts it. Running it again renews the task. It never uses LocalSystem.
.PARAMETER Account
  A service account without a password of yours: LOCAL SERVICE (the default), NETWORK SERVICE, or a group managed service account
  as DOMAIN\name$, which needs "Log on as a batch job" on this machine.
.PARAMETER DataFolder
  Where settings (.env), the database and its key are kept.
.PARAMETER Remove
  Stops and removes the task. The data stays.
#>
[CmdletBinding()]
param(
  [string]$Account = 'S-1-5-19',
  [string]$DataFolder = (Join-Path $env:ProgramData 'Frebot'),
  [switch]$Remove
)

Set-StrictMode -Version 2
$ErrorActionPreference = 'Stop'
$taskName = 'Frebot'

$me = New-Object Security.Principal.WindowsPrincipal([Security.Principal.WindowsIdentity]::GetCurrent())
if (-not $me.IsInRole([Security.Principal.WindowsBuiltInRole]::Administrator)) {
  throw 'Run this in an elevated Windows PowerShell: right-click it and choose "Run as administrator".'
}

$existing = Get-ScheduledTask -TaskName $taskName -ErrorAction SilentlyContinue
if ($existing) { Stop-ScheduledTask -TaskName $taskName }
if ($Remove) {
  if ($existing) { Unregister-ScheduledTask -TaskName $taskName -Confirm:$false }
  Write-Host "The task is removed. Settings and data are still in $DataFolder."
  return
}

# SIDs instead of names, because Windows translates the names of its accounts.
if ($Account -match '^S-1-') {
  $sid = New-Object Security.Principal.SecurityIdentifier($Account)
} else {
  $sid = (New-Object Security.Principal.NTAccount($Account)).Translate([Security.Principal.SecurityIdentifier])
}
if ($sid.Value -eq 'S-1-5-18') {
  throw 'LocalSystem can change everything on this machine, and Frebot reads files of strangers. Choose LOCAL SERVICE or a managed service account.'
}
$userId = $sid.Translate([Security.Principal.NTAccount]).Value

$node = Join-Path $PSScriptRoot 'node.exe'
$program = Join-Path $PSScriptRoot 'app\dist\src\main.js'
foreach ($file in $node, $program) {
  if (-not (Test-Path -LiteralPath $file)) { throw "$file is missing. Unpack the whole zip and run the script from there." }
}

New-Item -ItemType Directory -Force -Path $DataFolder | Out-Null
$settings = Join-Path $DataFolder '.env'
if (-not (Test-Path -LiteralPath $settings)) {
  Copy-Item -LiteralPath (Join-Path $PSScriptRoot 'frebot.env.sample') -Destination $settings
}
# S-1-5-32-544 is the group Administrators. The folder holds tokens and the key, so nothing is inherited.
& icacls.exe $DataFolder /inheritance:r /grant:r "*$($sid.Value):(OI)(CI)M" '*S-1-5-32-544:(OI)(CI)F' '*S-1-5-18:(OI)(CI)F' | Out-Null
if ($LASTEXITCODE -ne 0) { throw "The permissions of $DataFolder could not be set." }

$action = New-ScheduledTaskAction -Execute $node -Argument "`"$program`" serve" -WorkingDirectory $DataFolder
$trigger = New-ScheduledTaskTrigger -AtStartup
# A group managed service account gets its password from the domain; the built-in service accounts have none.
$logonType = 'ServiceAccount'
if ($Account.EndsWith('$')) { $logonType = 'Password' }
$principal = New-ScheduledTaskPrincipal -UserId $userId -LogonType $logonType -RunLevel Limited
$options = New-ScheduledTaskSettingsSet -RestartCount 999 -RestartInterval (New-TimeSpan -Minutes 1) `
  -ExecutionTimeLimit ([TimeSpan]::Zero) -MultipleInstances IgnoreNew -AllowStartIfOnBatteries -DontStopIfGoingOnBatteries
Register-ScheduledTask -TaskName $taskName -Action $action -Trigger $trigger -Principal $principal -Settings $options -Force | Out-Null
Start-ScheduledTask -TaskName $taskName
Write-Host "Frebot runs as $userId. Page: http://localhost:3978. Settings: $settings"
