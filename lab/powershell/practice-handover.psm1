# Handover's module beside the practice module, which stands where Windows has Hyper-V's.
$root = [IO.Path]::GetDirectoryName([IO.Path]::GetDirectoryName($PSScriptRoot))
Import-Module "$root/lab/powershell/Hyper-V/Hyper-V.psm1" -Global
Import-Module "$root/src/jobs/hyperv/powershell/Handover.psm1" -Global
