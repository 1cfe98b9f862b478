Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'
$WarningPreference = 'SilentlyContinue'
$ProgressPreference = 'SilentlyContinue'

# Everything that can be called, by name. A call names one of these and its arguments; nothing in a call is ever code.
$script:Calls = @{
    Echo      = 'Get-HandoverEcho'
    Inventory = 'Get-HandoverHost'
    Pulse     = 'Get-HandoverPulse'
    Configure = 'Set-HandoverHost'
    Compare   = 'Test-HandoverMove'
    Move      = 'Start-HandoverMove'
    Tell      = 'Set-HandoverMachine'
    Moves     = 'Get-HandoverMove'
    Purge     = 'Clear-HandoverTicket'
}

function Get-HandoverEcho {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [AllowEmptyString()]
        [AllowEmptyCollection()]
        [string[]] $Text
    )
    return , @($Text)
}

function Get-HandoverHost {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [ValidatePattern('^[A-Za-z0-9-]{1,15}$')]
        [string] $ComputerName
    )
    $vmHost = Get-VMHost -ComputerName $ComputerName
    $system = Get-CimInstance -ClassName Win32_OperatingSystem -ComputerName $ComputerName
    $processors = @(Get-CimInstance -ClassName Win32_Processor -ComputerName $ComputerName)
    $volumes = @(Get-CimInstance -ClassName Win32_Volume -ComputerName $ComputerName)
    $guard = @(Get-CimInstance -Namespace 'root/Microsoft/Windows/DeviceGuard' -ClassName Win32_DeviceGuard -ComputerName $ComputerName)
    $balancers = @(Get-CimInstance -ClassName Win32_Service -Filter "Name = 'SCVMMAgent' OR Name = 'ClusSvc'" -ComputerName $ComputerName | Where-Object { $_.State -eq 'Running' })
    $load = 0
    foreach ($each in $processors) { $load += [int] $each.LoadPercentage }
    return @{
        fqdn            = [string] $vmHost.FullyQualifiedDomainName
        caption         = [string] $system.Caption
        build           = [int] $system.BuildNumber
        bootedAt        = [long] ([DateTimeOffset] $system.LastBootUpTime).ToUnixTimeMilliseconds()
        memoryTotal     = [long] $vmHost.MemoryCapacity
        memoryFree      = [long] $system.FreePhysicalMemory * 1024
        processors      = [int] $vmHost.LogicalProcessorCount
        vendor          = [string] $processors[0].Manufacturer
        load            = [int] ($load / [Math]::Max(1, $processors.Count))
        versions        = @(Get-VMHostSupportedVersion -ComputerName $ComputerName | ForEach-Object { [string] $_.Version })
        switches        = @(Get-VMSwitch -ComputerName $ComputerName | ForEach-Object { [string] $_.Name })
        disks           = @($volumes | ForEach-Object { @{ path = [string] $_.Name; total = [long] $_.Capacity; free = [long] $_.FreeSpace } })
        credentialGuard = @($guard | Where-Object { @($_.SecurityServicesRunning) -contains 1 }).Count -gt 0
        balancers       = @($balancers | ForEach-Object { [string] $_.Name })
        paths           = @{ machines = [string] $vmHost.VirtualMachinePath; disks = [string] $vmHost.VirtualHardDiskPath }
        routes          = @(Get-HandoverRoute -ComputerName $ComputerName)
        planned         = @(Get-CimInstance -Namespace 'root/virtualization/v2' -ClassName Msvm_PlannedComputerSystem -ComputerName $ComputerName | ForEach-Object { @{ id = ([string] $_.Name).ToLowerInvariant(); name = [string] $_.ElementName } })
        migration       = @{
            enabled     = [bool] $vmHost.VirtualMachineMigrationEnabled
            auth        = [int] $vmHost.VirtualMachineMigrationAuthenticationType
            transport = [int] $vmHost.VirtualMachineMigrationPerformanceOption
            most        = [int] $vmHost.MaximumVirtualMachineMigrations
            mostStorage = [int] $vmHost.MaximumStorageMigrations
            anyNetwork  = [bool] $vmHost.UseAnyNetworkForMigration
            networks    = @(Get-VMMigrationNetwork -ComputerName $ComputerName | ForEach-Object { @{ subnet = [string] $_.Subnet; priority = [long] $_.Priority } })
        }
        machines        = @(Get-VM -ComputerName $ComputerName | ForEach-Object { Get-HandoverMachineThere -VM $_ -ComputerName $ComputerName })
    }
}

# Of a host that comes up: nothing here needs the Hyper-V service. MSFT_NetTCPConnection.State 2 is Listen.
function Get-HandoverPulse {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [ValidatePattern('^[A-Za-z0-9-]{1,15}$')]
        [string] $ComputerName
    )
    $system = Get-CimInstance -ClassName Win32_OperatingSystem -ComputerName $ComputerName
    $services = @(Get-CimInstance -ClassName Win32_Service -Filter "Name = 'vmms'" -ComputerName $ComputerName)
    $listeners = @(Get-CimInstance -Namespace 'root/StandardCimv2' -ClassName MSFT_NetTCPConnection -Filter 'LocalPort = 6600' -ComputerName $ComputerName)
    return @{
        build      = [int] $system.BuildNumber
        bootedAt   = [long] ([DateTimeOffset] $system.LastBootUpTime).ToUnixTimeMilliseconds()
        management = @($services | Where-Object { $_.State -eq 'Running' }).Count -gt 0
        listens    = @($listeners | Where-Object { [int] $_.State -eq 2 }).Count -gt 0
    }
}

# A machine may leave its host while it is read, as every move ends: it must not silence the host. Whatever else keeps one from being read does.
function Get-HandoverMachineThere {
    param($VM, [string] $ComputerName)
    $of = $VM
    try { Get-HandoverMachine -VM $of -ComputerName $ComputerName }
    catch { if (@(Get-VM -ComputerName $ComputerName | Where-Object { $_.Id -eq $of.Id }).Count -gt 0) { throw } }
}

# Routes on-link: the subnets that the host has an address in, with the speed that their adapter says it has, in bits per second.
function Get-HandoverRoute {
    param([string] $ComputerName)
    $speeds = @{}
    foreach ($adapter in @(Get-CimInstance -Namespace 'root/StandardCimv2' -ClassName MSFT_NetAdapter -ComputerName $ComputerName)) {
        if ($null -ne $adapter.Speed) { $speeds[[string] $adapter.InterfaceIndex] = [double] $adapter.Speed }
    }
    foreach ($route in @(Get-CimInstance -Namespace 'root/StandardCimv2' -ClassName MSFT_NetRoute -ComputerName $ComputerName)) {
        if ($route.NextHop -ne '0.0.0.0') { continue }
        $speed = -1
        if ($speeds.ContainsKey([string] $route.InterfaceIndex)) { $speed = $speeds[[string] $route.InterfaceIndex] }
        @{ subnet = [string] $route.DestinationPrefix; speed = $speed }
    }
}

function Get-HandoverMachine {
    param($VM, [string] $ComputerName)
    $adapters = @(Get-VMNetworkAdapter -VM $VM)
    return @{
        id          = ([string] $VM.Id).ToLowerInvariant()
        name        = [string] $VM.Name
        state       = [int] $VM.State
        startup     = [long] $VM.MemoryStartup
        assigned    = [long] $VM.MemoryAssigned
        demand      = [long] $VM.MemoryDemand
        processors  = [int] $VM.ProcessorCount
        load        = [int] $VM.CPUUsage
        version     = [string] $VM.Version
        uptimeMs    = [long] $VM.Uptime.TotalMilliseconds
        heartbeat   = [string] $VM.Heartbeat
        disks       = @(Get-VMHardDiskDrive -VM $VM | ForEach-Object { Get-HandoverDisk -Drive $_ -ComputerName $ComputerName })
        dvd         = @(Get-VMDvdDrive -VM $VM | Where-Object { $_.Path } | ForEach-Object { [string] $_.Path })
        tpm         = [bool] (Get-VMSecurity -VM $VM).TpmEnabled
        switches    = @($adapters | ForEach-Object { [string] $_.SwitchName })
        addresses   = @($adapters | ForEach-Object { $_.IPAddresses } | ForEach-Object { [string] $_ })
        checkpoints = @(Get-VMSnapshot -VM $VM).Count
        notes       = [string] $VM.Notes
        clustered   = [bool] $VM.IsClustered
        status      = @($VM.OperationalStatus | ForEach-Object { [string] $_ })
    }
}

function Get-HandoverDisk {
    param($Drive, [string] $ComputerName)
    if ($null -ne $Drive.DiskNumber) { return @{ path = "PhysicalDrive$($Drive.DiskNumber)"; bytes = 0; physical = $true } }
    return @{ path = [string] $Drive.Path; bytes = [long] (Get-VHD -Path $Drive.Path -ComputerName $ComputerName).FileSize; physical = $false }
}

function Set-HandoverHost {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [ValidatePattern('^[A-Za-z0-9-]{1,15}$')]
        [string] $ComputerName,
        [Nullable[bool]] $Enabled,
        [ValidateSet('', 'CredSSP', 'Kerberos')] [string] $Auth = '',
        [ValidateSet('', 'TCPIP', 'Compression', 'SMB')] [string] $Performance = '',
        [ValidateRange(0, 1024)] [int] $Most = 0,
        [ValidateRange(0, 1024)] [int] $MostStorage = 0,
        [Nullable[bool]] $AnyNetwork,
        [ValidatePattern('^[0-9a-fA-F.:]+(/[0-9]{1,3})?$')] [string[]] $Networks
    )
    $change = @{}
    if ($Auth -ne '') { $change['VirtualMachineMigrationAuthenticationType'] = $Auth }
    if ($Performance -ne '') { $change['VirtualMachineMigrationPerformanceOption'] = $Performance }
    if ($Most -gt 0) { $change['MaximumVirtualMachineMigrations'] = $Most }
    if ($MostStorage -gt 0) { $change['MaximumStorageMigrations'] = $MostStorage }
    if ($null -ne $AnyNetwork) { $change['UseAnyNetworkForMigration'] = $AnyNetwork }
    if ($change.Count -gt 0) { Set-VMHost -ComputerName $ComputerName @change -Confirm:$false }
    if ($PSBoundParameters.ContainsKey('Networks')) {
        $there = @(Get-VMMigrationNetwork -ComputerName $ComputerName | ForEach-Object { [string] $_.Subnet })
        foreach ($each in $there) { if ($Networks -notcontains $each) { Remove-VMMigrationNetwork -Subnet $each -ComputerName $ComputerName -Confirm:$false } }
        for ($at = 0; $at -lt $Networks.Count; $at++) {
            if ($there -contains $Networks[$at]) { Remove-VMMigrationNetwork -Subnet $Networks[$at] -ComputerName $ComputerName -Confirm:$false }
            Add-VMMigrationNetwork -Subnet $Networks[$at] -Priority ($at + 1) -ComputerName $ComputerName -Confirm:$false
        }
    }
    # Last: nobody moves anything before the rest is as it shall be.
    if ($true -eq $Enabled) { Enable-VMMigration -ComputerName $ComputerName -Confirm:$false }
    if ($false -eq $Enabled) { Disable-VMMigration -ComputerName $ComputerName -Confirm:$false }
}

function Test-HandoverMove {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [Guid] $Machine,
        [Parameter(Mandatory = $true)] [ValidatePattern('^[A-Za-z0-9-]{1,15}$')] [string] $From,
        [Parameter(Mandatory = $true)] [ValidatePattern('^[A-Za-z0-9-]{1,15}$')] [string] $To,
        [string] $Storage = ''
    )
    $vm = Get-VM -Id $Machine -ComputerName $From
    if ($From -eq $To) { return , @(Test-HandoverStorage -VM $vm -ComputerName $From -Path $Storage) }
    $with = Get-HandoverPlace -VM $vm -Storage $Storage
    $report = $vm | Compare-VM -DestinationHost $To @with -Confirm:$false
    return , @($report.Incompatibilities | ForEach-Object { @{ code = [string] $_.MessageId; message = [string] $_.Message } })
}

# Where the files go. Those on a share stay: with -DestinationStoragePath alone Windows would take them along, so the others are named.
function Get-HandoverPlace {
    param($VM, [string] $Storage)
    if ($Storage -eq '') { return @{} }
    $files = @(Get-VMHardDiskDrive -VM $VM | Where-Object { $null -eq $_.DiskNumber } | ForEach-Object { [string] $_.Path })
    $local = @($files | Where-Object { -not $_.StartsWith('\\') })
    if ($local.Count -eq $files.Count) { return @{ IncludeStorage = $true; DestinationStoragePath = $Storage } }
    $folder = $Storage.TrimEnd('\') + '\Virtual Hard Disks\'
    $vhds = @($local | ForEach-Object { @{ SourceFilePath = $_; DestinationFilePath = $folder + $_.Split('\')[-1] } })
    return @{ VirtualMachinePath = $Storage; Vhds = $vhds }
}

# Compare-VM does not look at a move within a host: whether the path's volume is there and has room. What is on a share is not looked at.
function Test-HandoverStorage {
    param($VM, [string] $ComputerName, [string] $Path)
    if ($Path -eq '') { throw 'A move within a host needs a path.' }
    if ($Path.StartsWith('\\')) { return }
    $free = -1
    $length = 0
    foreach ($volume in @(Get-CimInstance -ClassName Win32_Volume -ComputerName $ComputerName)) {
        $name = ([string] $volume.Name).TrimEnd('\') + '\'
        $isIn = ($Path.TrimEnd('\') + '\').StartsWith($name, [StringComparison]::OrdinalIgnoreCase)
        if ($isIn -and $name.Length -gt $length) { $length = $name.Length; $free = [long] $volume.FreeSpace }
    }
    if ($free -lt 0) { return @{ code = '0x80070003'; message = "No volume of $ComputerName holds the path $Path." } }
    $needed = 0
    foreach ($drive in @(Get-VMHardDiskDrive -VM $VM)) { $needed += (Get-HandoverDisk -Drive $drive -ComputerName $ComputerName).bytes }
    if ($free -lt $needed) { return @{ code = '0x80070070'; message = "There is not enough space at $Path on ${ComputerName}: $free bytes free, $needed needed." } }
}

# Comes back when the machine is there, however long that takes: it is called in a process of its own.
function Start-HandoverMove {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [Guid] $Machine,
        [Parameter(Mandatory = $true)] [ValidatePattern('^[A-Za-z0-9-]{1,15}$')] [string] $From,
        [Parameter(Mandatory = $true)] [ValidatePattern('^[A-Za-z0-9-]{1,15}$')] [string] $To,
        [string] $Storage = ''
    )
    $vm = Get-VM -Id $Machine -ComputerName $From
    if ($From -eq $To) {
        if ($Storage -eq '') { throw 'A move within a host needs a path.' }
        $vm | Move-VMStorage -DestinationStoragePath $Storage -Confirm:$false
        return
    }
    $with = Get-HandoverPlace -VM $vm -Storage $Storage
    $vm | Move-VM -DestinationHost $To @with -Confirm:$false
}

# Comes back when it is so, or when the guest does not want to. Nothing is ever switched off (-TurnOff), and no guest is forced (-Force).
function Set-HandoverMachine {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)] [Guid] $Machine,
        [Parameter(Mandatory = $true)] [ValidatePattern('^[A-Za-z0-9-]{1,15}$')] [string] $ComputerName,
        [Parameter(Mandatory = $true)] [ValidateSet('eject', 'shut-down', 'save', 'start')] [string] $What
    )
    $vm = Get-VM -Id $Machine -ComputerName $ComputerName
    switch ($What) {
        'eject' { Get-VMDvdDrive -VM $vm | Where-Object { $_.Path } | Set-VMDvdDrive -Path $null -Confirm:$false }
        'shut-down' { $vm | Stop-VM -Confirm:$false }
        'save' { $vm | Save-VM -Confirm:$false }
        'start' { $vm | Start-VM -Confirm:$false }
    }
}

function Get-HandoverMove {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [ValidatePattern('^[A-Za-z0-9-]{1,15}$')]
        [string] $ComputerName
    )
    return , @(Get-CimInstance -Namespace 'root/virtualization/v2' -ClassName Msvm_MigrationJob -ComputerName $ComputerName | ForEach-Object {
            $started = [long] -1
            if ($null -ne $_.StartTime) { $started = [long] ([DateTimeOffset] $_.StartTime).ToUnixTimeMilliseconds() }
            @{
                id        = [string] $_.InstanceID
                machine   = ([string] $_.VirtualSystemName).ToLowerInvariant()
                to        = [string] $_.DestinationHost
                type      = [int] $_.MigrationType
                startedAt = $started
                percent   = [int] $_.PercentComplete
                state     = [int] $_.JobState
                code      = [string] $_.ErrorCode
                message   = [string] $_.ErrorDescription
            }
        })
}

function Clear-HandoverTicket {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true)]
        [ValidatePattern('^[A-Za-z0-9-]{1,15}$')]
        [string] $ComputerName
    )
    # The tickets of the computer itself (logon session 0x3e7): what it remembers of the KDC's refusals goes with them.
    Invoke-Command -ComputerName $ComputerName -ScriptBlock { klist.exe purge -li 0x3e7 } | Out-Null
}

# Before every text of a call stands one sign, so that ConvertFrom-Json cannot take the text for a date.
function Read-HandoverValue {
    param($Value)
    if ($Value -is [string]) { return $Value.Substring(1) }
    if ($Value -is [array]) {
        $read = foreach ($each in $Value) { Read-HandoverValue -Value $each }
        return , @($read)
    }
    return $Value
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
        foreach ($each in $asked.arguments.PSObject.Properties) { $given[$each.Name] = Read-HandoverValue -Value $each.Value }
        $function = $script:Calls[[string] $asked.call]
        $answer = @{ nonce = $nonce; ok = $true; data = (& $function @given) }
    }
    catch {
        # Windows puts the inner code into the text: (0x8009030E).
        $code = ''
        if ([string] $_.Exception.Message -match '\(0x([0-9A-Fa-f]{8})\)') { $code = '0x' + $Matches[1].ToUpperInvariant() }
        elseif ([string] $_.FullyQualifiedErrorId -match '^([0-9]{4,6}|0x[0-9A-Fa-f]{8})\b') { $code = $Matches[1] }
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
