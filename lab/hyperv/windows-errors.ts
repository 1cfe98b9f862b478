import type { WindowsError } from './model';

/*
 * Codes and their causes: SupportArticles-docs, "Troubleshoot live migration issues" and "Hyper-V virtual machine live migration".
 * The texts are those of Windows as far as these articles quote them.
 */

export function noCredentials(from: string, to: string): WindowsError {
  return {
    code: '0x8009030E',
    message: `Failed to establish a connection with host '${to}': No credentials are available in the security package (0x8009030E). The source was '${from}'.`,
  };
}

export function unsuitableCredentials(to: string): WindowsError {
  return {
    code: '0x8009030D',
    message: `The Virtual Machine Management Service failed to authenticate the connection for a Virtual Machine migration at host '${to}': The credentials supplied to the package were not recognized (0x8009030D).`,
  };
}

/** SEC_E_NO_AUTHENTICATING_AUTHORITY. */
export function noAuthority(from: string, controller: string): WindowsError {
  return {
    code: '0x80090311',
    message: `No authority could be contacted for authentication (0x80090311): '${from}' asked the domain controller '${controller}'.`,
  };
}

/** What `Invoke-Command` says to an account that does not administer the computer. */
export function accessDenied(host: string): WindowsError {
  return {
    code: '0x80070005',
    message: `Connecting to remote server ${host} failed: Access is denied.`,
  };
}

export function notListening(to: string): WindowsError {
  return {
    code: '0x8007274D',
    message: `Failed to establish a connection with host '${to}': No connection could be made because the target machine actively refused it (0x8007274D).`,
  };
}

export function limitReached(host: string, most: number): WindowsError {
  return {
    code: '21501',
    message: `Virtual machine migration operation failed: the maximum number of ${most} migrations at host '${host}' was reached.`,
  };
}

export function notEnoughMemory(name: string, to: string): WindowsError {
  return {
    code: '0x8007000E',
    message: `Virtual machine migration operation for '${name}' failed at migration destination '${to}': Not enough memory resources are available to complete this operation (0x8007000E).`,
  };
}

/** `Stop-VM` to a guest whose integration services do not answer. */
export function guestNotReady(name: string): WindowsError {
  return {
    code: '0x80070015',
    message: `Failed to shut down virtual machine '${name}': The device is not ready. (0x80070015)`,
  };
}

export function isoAttached(name: string): WindowsError {
  return {
    code: '0xC03A0014',
    message: `Virtual machine migration operation for '${name}' failed: an ISO image is attached that the destination cannot open (0xC03A0014).`,
  };
}

export function switchMissing(name: string, switchName: string, to: string): WindowsError {
  return {
    code: '33012',
    message: `'${name}' cannot be moved to '${to}': could not find Ethernet switch '${switchName}'.`,
  };
}

/** Return value of Msvm_VirtualSystemMigrationService: Invalid State. */
export function alreadyMoving(name: string): WindowsError {
  return {
    code: '32775',
    message: `Virtual machine migration operation for '${name}' failed: the machine is not in a valid state to perform the operation (32775).`,
  };
}

export function otherProcessor(name: string, to: string): WindowsError {
  return {
    code: '24004',
    message: `The virtual machine '${name}' is using processor-specific features not supported on host '${to}'.`,
  };
}

export function versionUnsupported(name: string, version: string, to: string): WindowsError {
  return {
    code: '10698',
    message: `Virtual machine '${name}' could not be moved: its configuration version ${version} is not supported by host '${to}'.`,
  };
}

export function diskNotMovable(name: string, path: string): WindowsError {
  return {
    code: '32788',
    message: `Virtual machine '${name}' uses the physical disk ${path}, which cannot be moved with it.`,
  };
}

export function noSpace(path: string, to: string): WindowsError {
  return {
    code: '0x80070070',
    message: `There is not enough space on ${path} of host '${to}' (0x80070070).`,
  };
}

/** ERROR_PATH_NOT_FOUND. */
export function pathMissing(name: string, path: string): WindowsError {
  return {
    code: '0x80070003',
    message: `Storage migration for '${name}' failed: '${path}': The system cannot find the path specified (0x80070003).`,
  };
}

export function pathOfFilesMissing(name: string, path: string, to: string): WindowsError {
  return {
    code: '20413',
    message: `Virtual machine migration operation for '${name}' failed at migration destination '${to}': the path '${path}' does not exist there.`,
  };
}

/** ERROR_FILE_EXISTS. */
export function fileExists(name: string, path: string): WindowsError {
  return {
    code: '0x80070050',
    message: `Storage migration for '${name}' failed: '${path}': The file exists (0x80070050).`,
  };
}

/** As KB2790310 quotes it; 32768 is what the service returns for any failure. */
export function storageLimitReached({ id, name }: { id: string; name: string }, most: number): WindowsError {
  return {
    code: '32768',
    message: `Storage migration for '${name}' was not finished because maximum storage migration limit '${most}' was reached, please wait for completion of an ongoing migration operation (Virtual machine ID ${id}).`,
  };
}

/** ERROR_DEV_NOT_EXIST, as when the disk or the share goes away meanwhile. */
export function storageLost(name: string): WindowsError {
  return {
    code: '0x80070037',
    message: `Storage migration for '${name}' failed: The specified network resource or device is no longer available (0x80070037).`,
  };
}

export function notRemoved(name: string, to: string): WindowsError {
  return {
    code: '21502',
    message: `Live migration of '${name}' failed. The connection was lost while the virtual machine was being handed over; its configuration at host '${to}' was not removed (0x80072746).`,
  };
}

export function alreadyThere(name: string, to: string): WindowsError {
  return {
    code: '0x800700B7',
    message: `Virtual machine migration operation for '${name}' failed at migration destination '${to}': a virtual machine with the same identifier is registered there (0x800700B7).`,
  };
}

/** What becomes of a call whose connection breaks: the host may have carried it out. */
export function callFailed(host: string): WindowsError {
  return { code: '0x800706BE', message: `The remote procedure call to '${host}' failed (0x800706BE).` };
}

export function lostMidway(name: string): WindowsError {
  return {
    code: '21502',
    message: `Live migration of '${name}' failed. The connection to the destination host was lost (0x80072746).`,
  };
}
