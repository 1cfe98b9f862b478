# Says what the practice module has: of each command its parameters and parameter sets, and of what it gives the names of the properties.
$root = [IO.Path]::GetDirectoryName([IO.Path]::GetDirectoryName([IO.Path]::GetDirectoryName($PSScriptRoot)))
Import-Module "$root/lab/powershell/Hyper-V/Hyper-V.psm1" -Global

function Get-Catalogue {
    $common = [System.Management.Automation.Cmdlet]::CommonParameters
    foreach ($command in Get-Command -Module 'Hyper-V' -CommandType Function) {
        $sets = foreach ($set in $command.ParameterSets) { $set.Name }
        $names = foreach ($name in $command.Parameters.Keys) { if ($common -notcontains $name) { $name } }
        @{ name = $command.Name; parameters = @($names); sets = @($sets) }
    }
}

function Get-Names([object] $Of) { return @(foreach ($each in $Of.PSObject.Properties) { $each.Name }) }

function Invoke-Handover {
    param([string] $Call)
    $asked = ConvertFrom-Json ([Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($Call)))
    $name = 'hyper-v01'
    $vm = @(Get-VM -ComputerName $name)[0]
    $data = @{
        commands   = @(Get-Catalogue)
        properties = @{
            VMHost = Get-Names (Get-VMHost -ComputerName $name)
            VM = Get-Names $vm
            VMHardDiskDrive = Get-Names @(Get-VMHardDiskDrive -VM $vm)[0]
            VMNetworkAdapter = Get-Names @(Get-VMNetworkAdapter -VM $vm)[0]
            VMMigrationNetwork = Get-Names @(Get-VMMigrationNetwork -ComputerName $name)[0]
            VMSecurity = Get-Names (Get-VMSecurity -VM $vm)
            VMSwitch = Get-Names @(Get-VMSwitch -ComputerName $name)[0]
            VMCompatibilityReport = Get-Names ($vm | Compare-VM -DestinationHost 'hyper-v02' -Confirm:$false)
        }
    }
    $json = ConvertTo-Json @{ nonce = $asked.nonce; ok = $true; data = $data } -Depth 8 -Compress
    [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($json))
}

Export-ModuleMember -Function 'Invoke-Handover'
