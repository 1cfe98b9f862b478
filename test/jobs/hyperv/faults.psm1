# A module that fails in every way in which a shell can fail.
function Invoke-Handover {
    param([string] $Call)
    $asked = ConvertFrom-Json ([Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($Call)))
    switch ([string] $asked.call) {
        'hang' { [Threading.Thread]::Sleep(600000) }
        'exit' { [Environment]::Exit([int] $asked.arguments.code) }
        'silent' { }
        'noisy' { 'x' * 100000; [Console]::Error.WriteLine('noise on the other stream') }
        'stranger' { [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes('{"nonce":"other","ok":true,"data":1}')) }
        default {
            $json = ConvertTo-Json @{ nonce = $asked.nonce; ok = $true; data = $PID } -Compress
            [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($json))
        }
    }
}
Export-ModuleMember -Function 'Invoke-Handover'
