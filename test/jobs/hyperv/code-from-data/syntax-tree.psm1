# Reads a script as the engine does and answers with every place where text could become code. It is called as Handover's own module is.
Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'

# Commands that run a text, or load code from somewhere.
$script:Runners = 'Invoke-Expression', 'iex', 'Add-Type', 'Start-Process', 'saps', 'start', 'Start-Job', 'sajb', 'Set-Alias', 'New-Alias', 'sal', 'nal',
    'pwsh', 'powershell', 'pwsh.exe', 'powershell.exe', 'cmd', 'cmd.exe', 'New-Object', 'Invoke-Item', 'ii', 'Set-Item', 'si', 'New-Item', 'ni', 'Import-Module', 'ipmo'

# Methods that make code of a text.
$script:Makers = 'Create', 'Invoke', 'InvokeScript', 'NewScriptBlock', 'ExpandString', 'InvokeReturnAsIs', 'AddScript', 'AddCommand', 'Parse', 'ParseInput', 'InvokeMember', 'GetMethod', 'GetType'

function Get-Danger {
    param($Node)
    $kind = $Node.GetType().Name
    if ($kind -eq 'CommandAst') {
        $first = $Node.CommandElements[0]
        $isConstant = $first.GetType().Name -eq 'StringConstantExpressionAst'
        if ($Node.InvocationOperator -ne 'Unknown' -and -not $isConstant) { return 'runs what an expression names' }
        if ($isConstant -and $script:Runners -contains $first.Value) { return "calls $($first.Value)" }
        foreach ($each in $Node.CommandElements) {
            if ($isConstant -and $first.Value -eq 'Invoke-Command' -and $each.GetType().Name -eq 'CommandParameterAst') {
                if ($each.ParameterName -notin 'ComputerName', 'ScriptBlock') { return "gives Invoke-Command $($each.ParameterName)" }
            }
        }
        if ($isConstant -and $first.Value -eq 'Invoke-Command' -and -not (Test-Literal $Node)) { return 'sends away what is no literal block' }
        if ($isConstant -and $first.Value -in 'ForEach-Object', '%', 'Where-Object', '?' -and -not (Test-Literal $Node)) { return 'gives no literal block to each' }
    }
    if ($kind -eq 'InvokeMemberExpressionAst') {
        if ($Node.Member.GetType().Name -ne 'StringConstantExpressionAst') { return 'calls a method that an expression names' }
        if ($script:Makers -contains $Node.Member.Value) { return "calls .$($Node.Member.Value)()" }
    }
    if ($kind -eq 'MemberExpressionAst' -and $Node.Member.GetType().Name -ne 'StringConstantExpressionAst') { return 'reads a member that an expression names' }
    if ($kind -eq 'UsingExpressionAst') { return 'takes a value into a block that is run elsewhere' }
    if ($kind -eq 'ConvertExpressionAst' -and $Node.Type.TypeName.Name -in 'scriptblock', 'type', 'System.Type', 'System.Management.Automation.ScriptBlock') { return 'makes a block or a type of a value' }
    if ($kind -eq 'BinaryExpressionAst' -and [string] $Node.Operator -eq 'As') { return 'makes a type of a value' }
    if ($kind -eq 'VariableExpressionAst' -and $Node.VariablePath.UserPath -eq 'ExecutionContext') { return 'uses $ExecutionContext' }
    return $null
}

function Test-Literal {
    param($Command)
    return @($Command.CommandElements | Where-Object { $_.GetType().Name -eq 'ScriptBlockExpressionAst' }).Count -gt 0
}

function Get-Findings {
    param([string] $Text)
    $tokens = $null
    $errors = $null
    $tree = [System.Management.Automation.Language.Parser]::ParseInput($Text, [ref] $tokens, [ref] $errors)
    foreach ($each in $errors) { "$($each.Extent.StartLineNumber): $($each.Message)" }
    foreach ($node in $tree.FindAll({ param($found) $true }, $true)) {
        $danger = Get-Danger $node
        if ($danger) { "$($node.Extent.StartLineNumber): $danger" }
    }
}

function Invoke-Handover {
    param([string] $Call)
    $asked = ConvertFrom-Json ([Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($Call)))
    $json = ConvertTo-Json @{ nonce = $asked.nonce; ok = $true; data = @(Get-Findings ([string] $asked.arguments.text).Substring(1)) } -Compress
    [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($json))
}

Export-ModuleMember -Function 'Invoke-Handover'
