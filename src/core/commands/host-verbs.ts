import type { VerbEntry } from './verb-entry';

/** The verbs about hosts and the machines on them, in the order in which help lists them. */
export const HOST_VERBS: readonly VerbEntry[] = [
  {
    verb: 'prepare',
    slash: null,
    usage:
      'HOSTS [--auth kerberos|credssp] [--networks 10.0.5.0/24,…|any] [--max 2] [--reason "…"] [--ticket X] [--plan]',
    summary:
      'Asks to set hosts up for live migration: on, Kerberos unless said, over which networks, how many at a time.',
    example: 'hyper-v01,hyper-v02 --networks 10.0.5.0/24',
    needs: ['host-setting'],
  },
  {
    verb: 'migrate',
    slash: null,
    usage:
      'MACHINES -> HOST [--storage-only "PATH"] [--no-delegate] [--at "Sat 02:00"] [--until 06:00] [--deadline 30m] [--reason "…"] [--ticket X] [--plan]',
    summary:
      'Asks to move machines, by name or id, to a host: running if they run, with disks that are local, and with the delegations and host settings that this needs.',
    example: 'web-01,web-02 -> hyper-v02',
    needs: ['live-move'],
  },
  {
    verb: 'drain',
    slash: '/drain',
    usage:
      'HOSTS [to HOSTS] [--max 2] [--return|--rolling] [--make-room] [--no-storage] [--no-delegate] [--at "Sat 02:00"] [--until 06:00] [--deadline 30m] [--reason "…"] [--ticket X] [--plan]',
    summary:
      'Asks to empty hosts before maintenance: every machine moves to where there is room, with the delegations and host settings that this needs; what cannot move is told with all its reasons. With --return they come back when the host does, with --rolling host by host; with --make-room others move out of the way.',
    example: 'hyper-v01 --reason "Patch night"',
    needs: ['live-move'],
  },
  {
    verb: 'choose',
    slash: null,
    usage: 'REQUEST MACHINE eject|shut-down|save|leave',
    summary:
      'Chooses for a machine that a drain is about, before it is approved: its drive is emptied first, or it is shut down or saved and moved cold, or it stays. While the drain runs a machine may be left.',
    example: 'R-1042 app-02 eject',
    needs: ['live-move'],
  },
  {
    verb: 'return',
    slash: null,
    usage:
      'HOST [--max 2] [--no-delegate] [--at "Sat 02:00"] [--until 06:00] [--deadline 30m] [--reason "…"] [--ticket X] [--plan]',
    summary: 'Asks to bring the machines back that were moved away from a host when it was emptied.',
    example: 'hyper-v01',
    needs: ['live-move'],
  },
  {
    verb: 'rebalance',
    slash: null,
    usage:
      '[HOSTS] [--max 2] [--at "Sat 02:00"] [--until 06:00] [--deadline 30m] [--reason "…"] [--ticket X] [--plan]',
    summary:
      'Asks to move machines from busy hosts to idle ones where that has been worth it for a while; asked again at once it moves nothing.',
    example: 'hyper-v0[1-4]',
    needs: ['live-move'],
  },
  {
    verb: 'hosts',
    slash: null,
    usage: '[HOST] [--full]',
    summary:
      'Shows how ready hosts are to move machines, in two lines each; with --full, of one host, or in a thread: memory and processors now and over the last hours, slots, authentication, networks, disks, delegations.',
    example: 'hyper-v01',
    needs: ['hosts'],
  },
  {
    verb: 'why',
    slash: null,
    usage: 'HOST -> HOST [MACHINE] | ERROR',
    summary:
      'Looks why machines cannot move from one host to another, or says what an error such as 0x8009030E means and what to do.',
    example: 'hyper-v01 -> hyper-v02 web-01',
    needs: [],
  },
];
