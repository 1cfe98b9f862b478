# A module as it must not be: it puts what it is given into code. What the campaign looks for is found here.
function Invoke-Handover {
    param([string] $Call)
    $asked = ConvertFrom-Json ([Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($Call)))
    $back = foreach ($each in $asked.arguments.Text) {
        try { [scriptblock]::Create("""$($each.Substring(1))""").Invoke() } catch { '' }
    }
    $json = ConvertTo-Json @{ nonce = $asked.nonce; ok = $true; data = @($back) } -Compress
    [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($json))
}
Export-ModuleMember -Function 'Invoke-Handover'
