# What a person types at a prompt, on the practice module. Only tests make code of text.
$root = [IO.Path]::GetDirectoryName([IO.Path]::GetDirectoryName([IO.Path]::GetDirectoryName($PSScriptRoot)))
Import-Module "$root/lab/powershell/Hyper-V/Hyper-V.psm1" -Global
$ErrorActionPreference = 'Stop'

function Invoke-Handover {
    param([string] $Call)
    $asked = ConvertFrom-Json ([Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($Call)))
    $answer = @{ nonce = $asked.nonce; ok = $true; data = '' }
    try { & ([scriptblock]::Create($asked.arguments.typed.Substring(1))) | Out-Null }
    catch { $answer = @{ nonce = $asked.nonce; ok = $false; error = @{ message = "$_"; id = ''; code = '' } } }
    [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes((ConvertTo-Json $answer -Compress)))
}

Export-ModuleMember -Function 'Invoke-Handover'
