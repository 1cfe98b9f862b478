# Does what a person would: types whole lines into a PowerShell that has the practice module.
$root = [IO.Path]::GetFullPath([IO.Path]::Combine($PSScriptRoot, '../../../..'))
Import-Module "$root/lab/powershell/Hyper-V/Hyper-V.psm1" -Global

function Invoke-Handover {
    param([string] $Call)
    $asked = ConvertFrom-Json ([Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($Call)))
    try {
        foreach ($line in $asked.arguments.Lines) { [scriptblock]::Create($line.Substring(1)).Invoke() | Out-Null }
        $answer = @{ nonce = $asked.nonce; ok = $true; data = @() }
    }
    catch { $answer = @{ nonce = $asked.nonce; ok = $false; error = @{ message = [string] $_; id = ''; code = '' } } }
    $json = ConvertTo-Json $answer -Compress
    [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($json))
}
Export-ModuleMember -Function 'Invoke-Handover'
