Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'
$WarningPreference = 'SilentlyContinue'
$ProgressPreference = 'SilentlyContinue'

# Everything that can be called, by name. A call names one of these and its arguments; nothing in a call is ever code.
$script:Calls = @{
    Echo = 'Get-HandoverEcho'
}

function Get-HandoverEcho {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [AllowEmptyString()]
        [string] $Text
    )
    return $Text
}

# One call: base64 of UTF-8 JSON { nonce, call, arguments } in, one line of base64 JSON { nonce, ok, data or error } out.
function Invoke-Handover {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true, Position = 0)]
        [ValidatePattern('^[A-Za-z0-9+/]+={0,2}$')]
        [string] $Call
    )
    $nonce = ''
    try {
        $asked = ConvertFrom-Json ([Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($Call)))
        $nonce = [string] $asked.nonce
        if (-not $script:Calls.ContainsKey([string] $asked.call)) { throw "There is no call $($asked.call)." }
        $given = @{}
        foreach ($each in $asked.arguments.PSObject.Properties) { $given[$each.Name] = $each.Value }
        $function = $script:Calls[[string] $asked.call]
        $answer = @{ nonce = $nonce; ok = $true; data = (& $function @given) }
    }
    catch {
        $code = ''
        if ($_.Exception -is [System.ComponentModel.Win32Exception]) { $code = [string] $_.Exception.NativeErrorCode }
        $answer = @{
            nonce = $nonce
            ok    = $false
            error = @{ message = [string] $_.Exception.Message; id = [string] $_.FullyQualifiedErrorId; code = $code }
        }
    }
    $json = ConvertTo-Json $answer -Depth 12 -Compress
    [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($json))
}

Export-ModuleMember -Function 'Invoke-Handover'
