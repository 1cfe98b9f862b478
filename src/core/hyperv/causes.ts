/** Why a move fails with a code, and what to do. */
export interface Cause {
  /** What is wrong, as one sentence. */
  readonly cause: string;
  /** What to do, as one sentence. */
  readonly fix: string;
  /** Whether delegation can be the reason. */
  readonly isDelegation: boolean;
}

/*
 * Sources: SupportArticles-docs, "Troubleshoot live migration issues" and "Hyper-V virtual machine live migration"; KB2779204. 21502
 * is what every failure is called: the code within its text counts.
 */
const CAUSES: Readonly<Record<string, Cause>> = {
  '0x8009030E': {
    cause:
      'The source has no credentials for the destination: delegation is missing, is for Kerberos only, or was refused a short while ago.',
    fix: 'Ask for the delegation with any protocol; after it is written, purge the source’s tickets (klist purge -li 0x3e7) or wait 15 minutes.',
    isDelegation: true,
  },
  '0x8009030D': {
    cause: 'The two hosts do not authenticate in the same way, or delegation is missing.',
    fix: 'Set Kerberos at both hosts, and ask for the delegation both ways.',
    isDelegation: true,
  },
  '0x80090322': {
    cause: 'The name that the source asked for belongs to another computer.',
    fix: 'Check who holds the SPNs of the destination, its DNS entry, and which migration network comes first.',
    isDelegation: false,
  },
  '0x80090303': {
    cause: 'The destination’s service is not known to the domain.',
    fix: 'Let the destination register its SPNs: restart its Virtual Machine Management Service, or setspn -s.',
    isDelegation: false,
  },
  '0x80090311': {
    cause: 'The source reached no domain controller that could have given it a ticket.',
    fix: 'Check that a domain controller answers the source on port 88, then move the machine again.',
    isDelegation: false,
  },
  '0x80070005': {
    cause: 'The worker or one host may not use Hyper-V at the other one.',
    fix: 'Put the worker’s account into Hyper-V Administrators of both hosts, and check SPNs and delegation.',
    isDelegation: true,
  },
  '0x80070569': {
    cause:
      'A group policy took “Log on as a service” from NT VIRTUAL MACHINE\\Virtual Machines at the destination. This is not about delegation.',
    fix: 'Give the right back in the policy that sets it; gpupdate /force helps until the policy comes again.',
    isDelegation: false,
  },
  '0x8007274D': listening(),
  '0x8007274C': listening(),
  '0x80072746': listening(),
  '0x8007271D': listening(),
  '21501': {
    cause: 'A host is moving as many machines as it may.',
    fix: 'Wait for one to end, or raise the limit with /hv prepare HOST --max.',
    isDelegation: false,
  },
  '32775': {
    cause: 'The machine is being moved or changed already.',
    fix: 'Wait until that is over, and look where the machine is then.',
    isDelegation: false,
  },
  '0x800705AA': memory(),
  '0x8007000E': memory(),
  '0x80070003': {
    cause: 'No volume of the host holds that path, or the share does not.',
    fix: 'Name a path on a drive that the host has: /hv hosts HOST lists them.',
    isDelegation: false,
  },
  '0x80070070': {
    cause: 'The volume has too little room for the files.',
    fix: 'Name a path on another volume, or make room there first.',
    isDelegation: false,
  },
  '0x80070050': {
    cause: 'Files of these names are at that path already.',
    fix: 'Name a folder of the machine’s own.',
    isDelegation: false,
  },
  '0xC03A0014': {
    cause: 'An ISO is in the machine’s drive that the destination cannot open.',
    fix: 'Eject it, then move the machine again.',
    isDelegation: false,
  },
  '0x800700B7': {
    cause:
      'A move that broke has left the machine’s configuration at the destination, beside the machine itself.',
    fix: 'Look at both hosts by the machine’s id; remove the one that is off: Get-VM -Id … -ComputerName … | Remove-VM.',
    isDelegation: false,
  },
  '0x800706BE': {
    cause: 'The connection broke while the host was told to move; it may do so all the same.',
    fix: 'Look at both hosts by the machine’s id before anything else.',
    isDelegation: false,
  },
  '0x80070426': {
    cause: 'The Virtual Machine Management service of the host is not running.',
    fix: 'Start it: Get-Service -ComputerName … vmms | Start-Service.',
    isDelegation: false,
  },
  '21125': network(),
  '21024': network(),
  '33012': network(),
  '20413': {
    cause: 'The path of the machine’s files does not exist at the destination.',
    fix: 'Give the destination the same drive letter, or move the storage to another path.',
    isDelegation: false,
  },
  '20406': remoting(),
  '280': remoting(),
  '10698': {
    cause: 'The machine’s configuration version is not one that the destination runs.',
    fix: 'Choose a destination with the same Windows Server, or a newer one that still runs this version.',
    isDelegation: false,
  },
};

/** The cause of a code such as `0x8009030e` or `21501`; null when it is not known: then Windows’ own text is all there is. */
export function causeOf(code: string): Cause | null {
  return CAUSES[spelled(code)] ?? null;
}

/**
 * The codes in a pasted text, most telling first: codes of their own before the events that only say that something failed, and what
 * is known before what is not.
 */
export function codesIn(text: string): readonly string[] {
  const found = [...text.matchAll(/\b0x[0-9a-f]{8}\b|\b\d{3,5}\b/gi)].map(([code]) => spelled(code));
  const known = [...new Set(found)].filter((code) => causeOf(code) !== null);
  return known.toSorted((a, b) => Number(!a.startsWith('0x')) - Number(!b.startsWith('0x')));
}

function spelled(code: string): string {
  return code.toLowerCase().startsWith('0x') ? `0x${code.slice(2).toUpperCase()}` : code;
}

function listening(): Cause {
  return {
    cause: 'Nothing answers at the destination on TCP port 6600.',
    fix: 'Enable live migration at the destination and let its firewall pass port 6600 on the migration networks.',
    isDelegation: false,
  };
}

function memory(): Cause {
  return {
    cause: 'The destination has too little free memory.',
    fix: 'Choose another destination, or make room there first.',
    isDelegation: false,
  };
}

function network(): Cause {
  return {
    cause: 'The destination lacks the machine’s switch, or the migration networks of both hosts do not meet.',
    fix: 'Create a switch of the same name there, or set the same migration subnet at both hosts.',
    isDelegation: false,
  };
}

function remoting(): Cause {
  return {
    cause: 'The destination could not be reached by name or by WinRM.',
    fix: 'Check its name in DNS and that WinRM answers there.',
    isDelegation: false,
  };
}
