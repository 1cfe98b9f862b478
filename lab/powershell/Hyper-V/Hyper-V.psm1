# A Hyper-V module to practise with: the documented commands, parameter sets and property names (docset/winserver2025-ps/Hyper-V), over the
# practice fabric. Whatever Handover does not use is not here; an unknown parameter is PowerShell's own error, as on Windows.
Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'

enum MigrationAuthenticationType { CredSSP = 0; Kerberos = 1 }
enum VMMigrationPerformance { TCPIP = 0; Compression = 1; SMB = 2 }
enum VMState { Running = 2; Off = 3; Saved = 6; Paused = 9 }

$script:Client = [System.Net.Http.HttpClient]::new()
$script:Client.Timeout = [TimeSpan]::FromMinutes(10)

function Invoke-Fabric {
    param([string] $Do, [hashtable] $With = @{})
    $With['do'] = $Do
    $body = [System.Net.Http.StringContent]::new((ConvertTo-Json $With -Depth 8 -Compress), [Text.Encoding]::UTF8, 'application/json')
    $body.Headers.Add('X-Lab-Token', $env:HANDOVER_FABRIC_TOKEN)
    $answer = $script:Client.PostAsync($env:HANDOVER_FABRIC_URL, $body).GetAwaiter().GetResult()
    $json = ConvertFrom-Json ($answer.Content.ReadAsStringAsync().GetAwaiter().GetResult())
    if (-not $json.ok) {
        $exception = [InvalidOperationException]::new([string] $json.message)
        $exception.Data['WindowsCode'] = [string] $json.code
        throw [System.Management.Automation.ErrorRecord]::new($exception, [string] $json.code, 'OperationStopped', $With)
    }
    return $json.data
}

function Get-VMHost {
    [CmdletBinding()]
    param([Parameter(Position = 0)] [string[]] $ComputerName = @('localhost'))
    foreach ($name in $ComputerName) {
        $of = Invoke-Fabric 'host' @{ host = $name }
        [pscustomobject]@{
            Name                                      = $of.name
            ComputerName                              = $of.name
            FullyQualifiedDomainName                  = $of.fqdn
            LogicalProcessorCount                     = [int] $of.processors
            MemoryCapacity                            = [long] $of.memoryBytes
            MaximumVirtualMachineMigrations           = [uint32] $of.migration.most
            MaximumStorageMigrations                  = [uint32] $of.migration.mostStorage
            VirtualMachineMigrationEnabled            = [bool] $of.migration.enabled
            VirtualMachineMigrationAuthenticationType = [MigrationAuthenticationType] [string] $of.migration.auth
            VirtualMachineMigrationPerformanceOption  = [VMMigrationPerformance]::Compression
            UseAnyNetworkForMigration                 = [bool] $of.migration.anyNetwork
            VirtualMachinePath                        = [string] $of.machinePath
            VirtualHardDiskPath                       = [string] $of.machinePath
        }
    }
}

function Get-VMHostSupportedVersion {
    [CmdletBinding()]
    param([string[]] $ComputerName = @('localhost'))
    foreach ($name in $ComputerName) {
        foreach ($version in (Invoke-Fabric 'host' @{ host = $name }).versions) { [pscustomobject]@{ Name = ''; Version = [string] $version } }
    }
}

function Set-VMHost {
    [CmdletBinding(SupportsShouldProcess = $true)]
    param(
        [Parameter(Position = 0)] [string[]] $ComputerName = @('localhost'),
        [uint32] $MaximumVirtualMachineMigrations,
        [uint32] $MaximumStorageMigrations,
        [MigrationAuthenticationType] $VirtualMachineMigrationAuthenticationType,
        [VMMigrationPerformance] $VirtualMachineMigrationPerformanceOption,
        [bool] $UseAnyNetworkForMigration
    )
    $change = @{}
    if ($PSBoundParameters.ContainsKey('MaximumVirtualMachineMigrations')) { $change['most'] = $MaximumVirtualMachineMigrations }
    if ($PSBoundParameters.ContainsKey('MaximumStorageMigrations')) { $change['mostStorage'] = $MaximumStorageMigrations }
    if ($PSBoundParameters.ContainsKey('UseAnyNetworkForMigration')) { $change['anyNetwork'] = $UseAnyNetworkForMigration }
    if ($PSBoundParameters.ContainsKey('VirtualMachineMigrationAuthenticationType')) {
        $change['auth'] = ([string] $VirtualMachineMigrationAuthenticationType).ToLowerInvariant()
    }
    foreach ($name in $ComputerName) { Invoke-Fabric 'configure' @{ host = $name; change = $change } | Out-Null }
}

function Enable-VMMigration {
    [CmdletBinding(SupportsShouldProcess = $true)]
    param([Parameter(Position = 0)] [string[]] $ComputerName = @('localhost'), [switch] $Passthru)
    foreach ($name in $ComputerName) { Invoke-Fabric 'configure' @{ host = $name; change = @{ enabled = $true } } | Out-Null }
}

function Disable-VMMigration {
    [CmdletBinding(SupportsShouldProcess = $true)]
    param([Parameter(Position = 0)] [string[]] $ComputerName = @('localhost'), [switch] $Passthru)
    foreach ($name in $ComputerName) { Invoke-Fabric 'configure' @{ host = $name; change = @{ enabled = $false } } | Out-Null }
}

function Get-VMMigrationNetwork {
    [CmdletBinding()]
    param([Parameter(Position = 0)] [string[]] $Subnet, [string[]] $ComputerName = @('localhost'), [uint32[]] $Priority)
    foreach ($name in $ComputerName) {
        foreach ($each in (Invoke-Fabric 'host' @{ host = $name }).migration.networks) {
            [pscustomobject]@{ Subnet = [string] $each.subnet; Priority = [uint32] $each.priority; ComputerName = $name }
        }
    }
}

function Add-VMMigrationNetwork {
    [CmdletBinding(SupportsShouldProcess = $true)]
    param([Parameter(Mandatory = $true, Position = 0)] [string] $Subnet, [Parameter(Position = 1)] [uint32] $Priority, [string[]] $ComputerName = @('localhost'), [switch] $Passthru)
    foreach ($name in $ComputerName) { Invoke-Fabric 'add-network' @{ host = $name; subnet = $Subnet; priority = $Priority } | Out-Null }
}

function Remove-VMMigrationNetwork {
    [CmdletBinding(SupportsShouldProcess = $true)]
    param([Parameter(Mandatory = $true, Position = 0)] [string] $Subnet, [string[]] $ComputerName = @('localhost'), [switch] $Passthru)
    foreach ($name in $ComputerName) { Invoke-Fabric 'remove-network' @{ host = $name; subnet = $Subnet } | Out-Null }
}

function Get-VM {
    [CmdletBinding(DefaultParameterSetName = 'Name')]
    param(
        [Parameter(ParameterSetName = 'Name', Position = 0)] [string[]] $Name = @(),
        [Parameter(ParameterSetName = 'Id', Mandatory = $true, Position = 0)] [Guid] $Id,
        [string[]] $ComputerName = @('localhost')
    )
    foreach ($server in $ComputerName) {
        $found = @((Invoke-Fabric 'machines' @{ host = $server }) | Where-Mine $Name $Id $PSCmdlet.ParameterSetName)
        if ($PSCmdlet.ParameterSetName -eq 'Id' -and $found.Count -eq 0) {
            throw "Hyper-V was unable to find a virtual machine with id ""$Id""."
        }
        foreach ($each in $found) {
            [pscustomobject]@{
                Id                   = [Guid] $each.id
                Name                 = [string] $each.name
                ComputerName         = $server
                State                = [VMState] [string] $each.state
                CPUUsage             = [int] $each.load
                MemoryAssigned       = [long] $each.memory.assigned
                MemoryDemand         = [long] $each.memory.demand
                MemoryStartup        = [long] $each.memory.startup
                DynamicMemoryEnabled = $true
                ProcessorCount       = [int] $each.processors
                Version              = [string] $each.version
                Uptime               = [TimeSpan]::FromMilliseconds([double] $each.uptimeMs)
                Heartbeat            = @{ ok = 'OkApplicationsHealthy'; lost = 'LostCommunication'; none = 'Disabled' }[[string] $each.heartbeat]
                IsClustered          = [bool] $each.isClustered
                Notes                = [string] $each.notes
                OperationalStatus    = @($(if ($each.isBusy) { 'MigratingVirtualMachine' } else { 'Ok' }))
            }
        }
    }
}

filter Where-Mine([string[]] $Name, $Id, [string] $Set) {
    if ($Set -eq 'Id') { if ([Guid] $_.id -eq $Id) { $_ } }
    elseif ($Name.Count -eq 0 -or $Name -contains $_.name) { $_ }
}

function Get-Details([psobject] $VM) {
    $here = @((Invoke-Fabric 'machines' @{ host = $VM.ComputerName }) | Where-Mine @() $VM.Id 'Id')
    if ($here.Count -eq 0) { throw [InvalidOperationException]::new('The operation failed because the object was not found.') }
    return $here[0]
}

function Get-VMHardDiskDrive {
    [CmdletBinding()]
    param([Parameter(Mandatory = $true, ValueFromPipeline = $true, ParameterSetName = 'VMObject')] [psobject[]] $VM)
    process {
        foreach ($of in $VM) {
            foreach ($disk in (Get-Details $of).disks) {
                $number = $null
                if ($disk.kind -eq 'physical') { $number = 2 }
                [pscustomobject]@{ VMId = $of.Id; Path = [string] $disk.path; DiskNumber = $number; SupportPersistentReservations = $false }
            }
        }
    }
}

function Get-VHD {
    [CmdletBinding()]
    param([Parameter(Mandatory = $true, Position = 0)] [string[]] $Path, [string[]] $ComputerName = @('localhost'))
    foreach ($each in $Path) {
        [pscustomobject]@{ Path = $each; FileSize = [long] (Invoke-Fabric 'disk' @{ host = $ComputerName[0]; path = $each }) }
    }
}

function Get-VMDvdDrive {
    [CmdletBinding()]
    param([Parameter(Mandatory = $true, ValueFromPipeline = $true, ParameterSetName = 'VMObject')] [psobject[]] $VM)
    process { foreach ($of in $VM) { [pscustomobject]@{ VMId = $of.Id; ComputerName = $of.ComputerName; Path = (Get-Details $of).dvd } } }
}

# Nothing is put into a drive here.
function Set-VMDvdDrive {
    [CmdletBinding(SupportsShouldProcess = $true)]
    param(
        [Parameter(Mandatory = $true, ValueFromPipeline = $true, ParameterSetName = 'Object')] [psobject[]] $VMDvdDrive,
        [Parameter(Position = 1)] [AllowNull()] [AllowEmptyString()] [string] $Path
    )
    process {
        if ($Path) { throw 'The practice hosts only empty drives.' }
        foreach ($drive in $VMDvdDrive) { Invoke-Fabric 'tell' @{ host = $drive.ComputerName; machine = [string] $drive.VMId; what = 'eject' } | Out-Null }
    }
}

# By its guest, as without -TurnOff and -Force on Windows: it comes back when the machine is off.
function Stop-VM {
    [CmdletBinding(SupportsShouldProcess = $true)]
    param([Parameter(Mandatory = $true, ValueFromPipeline = $true, ParameterSetName = 'VMObject')] [psobject[]] $VM)
    process { foreach ($of in $VM) { Invoke-Fabric 'tell' @{ host = $of.ComputerName; machine = [string] $of.Id; what = 'shut-down' } | Out-Null } }
}

function Save-VM {
    [CmdletBinding(SupportsShouldProcess = $true)]
    param([Parameter(Mandatory = $true, ValueFromPipeline = $true, ParameterSetName = 'VMObject')] [psobject[]] $VM)
    process { foreach ($of in $VM) { Invoke-Fabric 'tell' @{ host = $of.ComputerName; machine = [string] $of.Id; what = 'save' } | Out-Null } }
}

function Start-VM {
    [CmdletBinding(SupportsShouldProcess = $true)]
    param([Parameter(Mandatory = $true, ValueFromPipeline = $true, ParameterSetName = 'VMObject')] [psobject[]] $VM)
    process { foreach ($of in $VM) { Invoke-Fabric 'tell' @{ host = $of.ComputerName; machine = [string] $of.Id; what = 'start' } | Out-Null } }
}

function Get-VMNetworkAdapter {
    [CmdletBinding()]
    param([Parameter(Mandatory = $true, ValueFromPipeline = $true, ParameterSetName = 'VMObject')] [psobject[]] $VM)
    process {
        foreach ($of in $VM) {
            $details = Get-Details $of
            foreach ($name in $details.switches) {
                [pscustomobject]@{ VMId = $of.Id; SwitchName = $name; IPAddresses = @($details.addresses); Connected = ($null -ne $name) }
            }
        }
    }
}

function Get-VMSnapshot {
    [CmdletBinding()]
    param([Parameter(Mandatory = $true, ValueFromPipeline = $true, ParameterSetName = 'VMObject')] [psobject[]] $VM)
    process {
        foreach ($of in $VM) {
            $count = (Get-Details $of).checkpoints
            for ($at = 0; $at -lt $count; $at++) { [pscustomobject]@{ VMId = $of.Id; Name = "checkpoint $at" } }
        }
    }
}

function Get-VMSecurity {
    [CmdletBinding()]
    param([Parameter(Mandatory = $true, ValueFromPipeline = $true, ParameterSetName = 'VMObject')] [psobject[]] $VM)
    process { foreach ($of in $VM) { [pscustomobject]@{ TpmEnabled = [bool] (Get-Details $of).tpm; Shielded = $false } } }
}

function Get-VMSwitch {
    [CmdletBinding()]
    param([Parameter(Position = 0)] [string] $Name, [string[]] $ComputerName = @('localhost'))
    foreach ($server in $ComputerName) {
        foreach ($each in (Invoke-Fabric 'host' @{ host = $server }).switches) { [pscustomobject]@{ Name = [string] $each; SwitchType = 'External' } }
    }
}

function Compare-VM {
    [CmdletBinding(SupportsShouldProcess = $true)]
    param(
        [Parameter(Mandatory = $true, ValueFromPipeline = $true, ParameterSetName = 'VMSingle')]
        [Parameter(Mandatory = $true, ValueFromPipeline = $true, ParameterSetName = 'VMMultiple')]
        [psobject] $VM,
        [Parameter(Mandatory = $true, Position = 1)] [string] $DestinationHost,
        [Parameter(ParameterSetName = 'VMSingle')] [switch] $IncludeStorage,
        [Parameter(ParameterSetName = 'VMSingle')] [string] $DestinationStoragePath,
        [Parameter(Mandatory = $true, ParameterSetName = 'VMMultiple')] [string] $VirtualMachinePath,
        [Parameter(ParameterSetName = 'VMMultiple')] [hashtable[]] $Vhds = @()
    )
    process {
        $storage = Get-StorageTo $PSBoundParameters
        $found = Invoke-Fabric 'compare' @{ machine = [string] $VM.Id; from = $VM.ComputerName; to = $DestinationHost; storage = $storage }
        $all = foreach ($each in $found) { [pscustomobject]@{ MessageId = [string] $each.code; Message = [string] $each.message; Source = $VM } }
        [pscustomobject]@{ VM = $VM; OperationType = 'MoveVirtualMachine'; Destination = $DestinationHost; Incompatibilities = @($all) }
    }
}

function Move-VM {
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'Medium')]
    param(
        [Parameter(Mandatory = $true, ValueFromPipeline = $true, ParameterSetName = 'VMSingle')]
        [Parameter(Mandatory = $true, ValueFromPipeline = $true, ParameterSetName = 'VMMultiple')]
        [psobject] $VM,
        [Parameter(Mandatory = $true, Position = 1)] [string] $DestinationHost,
        [Parameter(ParameterSetName = 'VMSingle')] [switch] $IncludeStorage,
        [Parameter(ParameterSetName = 'VMSingle')] [string] $DestinationStoragePath,
        [Parameter(Mandatory = $true, ParameterSetName = 'VMMultiple')] [string] $VirtualMachinePath,
        [Parameter(ParameterSetName = 'VMMultiple')] [hashtable[]] $Vhds = @(),
        [switch] $Passthru
    )
    process {
        $storage = Get-StorageTo $PSBoundParameters
        # As on Windows it comes back when the machine is there.
        Invoke-Fabric 'move' @{ machine = [string] $VM.Id; from = $VM.ComputerName; to = $DestinationHost; storage = $storage } | Out-Null
    }
}

function Move-VMStorage {
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'Medium')]
    param(
        [Parameter(Mandatory = $true, ValueFromPipeline = $true, ParameterSetName = 'VMSingle')] [psobject] $VM,
        [Parameter(Mandatory = $true, Position = 1, ParameterSetName = 'VMSingle')] [string] $DestinationStoragePath
    )
    process {
        $storage = @{ path = $DestinationStoragePath; only = $null }
        Invoke-Fabric 'move' @{ machine = [string] $VM.Id; from = $VM.ComputerName; to = $VM.ComputerName; storage = $storage } | Out-Null
    }
}

# What goes where: all files below one path, or those that -Vhds names.
function Get-StorageTo([hashtable] $Bound) {
    if ($Bound.ContainsKey('DestinationStoragePath')) {
        if (-not $Bound.ContainsKey('IncludeStorage')) { throw 'DestinationStoragePath is of use with IncludeStorage only.' }
        return @{ path = $Bound['DestinationStoragePath']; only = $null }
    }
    if (-not $Bound.ContainsKey('VirtualMachinePath')) { return $null }
    $only = @(foreach ($each in $Bound['Vhds']) { [string] $each['SourceFilePath'] })
    return @{ path = $Bound['VirtualMachinePath']; only = $only }
}

# As on Windows: not while it runs, and files of disks stay.
function Remove-VM {
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'High')]
    param(
        [Parameter(Mandatory = $true, ValueFromPipeline = $true, ParameterSetName = 'VMObject')] [psobject[]] $VM,
        [switch] $Force
    )
    process { foreach ($each in $VM) { Invoke-Fabric 'remove' @{ host = $each.ComputerName; machine = [string] $each.Id; kind = 'registered' } | Out-Null } }
}

# The one method that is called: Msvm_VirtualSystemManagementService.DestroySystem.
function Invoke-CimMethod {
    [CmdletBinding(SupportsShouldProcess = $true)]
    param(
        [Parameter(Mandatory = $true, ValueFromPipeline = $true)] [psobject] $InputObject,
        [Parameter(Mandatory = $true)] [string] $MethodName,
        [System.Collections.IDictionary] $Arguments
    )
    process {
        if ($InputObject.CreationClassName -ne 'Msvm_VirtualSystemManagementService' -or $MethodName -ne 'DestroySystem') {
            throw 'The practice hosts know DestroySystem of Msvm_VirtualSystemManagementService and nothing else.'
        }
        $system = $Arguments['AffectedSystem']
        if ($null -eq $system) { return [pscustomobject]@{ ReturnValue = [uint32] 4 } }
        Invoke-Fabric 'remove' @{ host = $InputObject.SystemName; machine = [string] $system.Name; kind = 'planned' } | Out-Null
        [pscustomobject]@{ ReturnValue = [uint32] 0 }
    }
}

function Get-CimInstance {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true, Position = 0)] [string] $ClassName,
        [string] $Namespace = 'root/cimv2',
        [string] $Filter,
        [string[]] $ComputerName = @('localhost')
    )
    foreach ($name in $ComputerName) {
        $all = @(Invoke-Fabric 'cim' @{ host = $name; class = $ClassName; namespace = $Namespace })
        # Of WQL no more than properties that are a text or a number, one of which holds.
        $wanted = @($Filter -split ' OR ' | Where-Object { $_ -ne '' } | ForEach-Object {
            if ($_ -notmatch "^(\w+) = '?([^']*)'?$") { throw "The practice hosts do not know the filter $Filter." }
            , @($Matches[1], $Matches[2])
        })
        if ($wanted.Count -eq 0) { $all; continue }
        foreach ($each in $all) { if (@($wanted | Where-Object { $each.($_[0]) -eq $_[1] }).Count -gt 0) { $each } }
    }
}

# The one thing that is run at a host: `klist purge -li 0x3e7` lets it forget the KDC's refusals.
function Invoke-Command {
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] [string[]] $ComputerName, [Parameter(Mandatory = $true)] [scriptblock] $ScriptBlock)
    if ($ScriptBlock.ToString() -notmatch 'klist(\.exe)? +purge +-li +0x3e7') { throw 'The practice hosts know klist purge -li 0x3e7 and nothing else.' }
    foreach ($name in $ComputerName) { Invoke-Fabric 'purge' @{ host = $name } | Out-Null }
}

Export-ModuleMember -Function '*-VM*', 'Get-VHD', 'Get-CimInstance', 'Invoke-CimMethod', 'Invoke-Command'
