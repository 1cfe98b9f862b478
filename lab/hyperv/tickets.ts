import type { DomainAccess } from '../directory/domain';
import { accountBits } from '../directory/accounts';
import { askKdc, readMigration } from '../directory/kdc';
import { fqdnOf, migrationService } from '../directory/names';
import type { PracticeDirectory } from '../directory/practice-directory';
import { seenAt } from '../directory/several-controllers';
import { isAmong } from '../../src/core/delegation/values';
import { NoController, type AskKdc } from './sign-in';

/** Who says whether a host gets a ticket: a KDC, or, where the directory is simulated, what that holds. */
export interface Tickets {
  readonly judge: 'kdc' | 'simulated directory';
  readonly ask: AskKdc;
}

/**
 * The KDC of the source's own domain controller, asked with the source's own key (S4U2Self, S4U2Proxy: MS-SFU 3.2.5.2) for cifs. For
 * the migration service both values are read over LDAP on that controller, since Samba's KDC cannot look up names with spaces.
 */
export function ticketsOfKdc(domain: DomainAccess): Tickets {
  return {
    judge: 'kdc',
    async ask({ controller, source, destination, service }) {
      const seen = seenAt(domain, controller);
      try {
        if (service === 'migration') return (await readMigration(seen, source, destination)) === 'present';
        return (await askKdc(seen, source, destination)).cifs === 'granted';
      } catch (cause) {
        console.error(`The KDC of ${controller} gave no verdict`, cause);
        throw new NoController(controller, { cause });
      }
    },
  };
}

/** As a KDC would decide by what a simulated directory holds. It proves nothing. */
export function simulatedTickets(directory: PracticeDirectory): Tickets {
  return {
    judge: 'simulated directory',
    async ask({ source, destination, service }) {
      const [lists, controls] = await Promise.all([directory.readDelegations(), directory.readControls()]);
      const held = lists.get(source) ?? [];
      // Without the bit the ticket of S4U2Self is not forwardable, and S4U2Proxy takes no other (MS-SFU 3.2.5.1.2).
      const isAnyProtocol = ((controls.get(source) ?? 0) & accountBits.anyProtocol) !== 0;
      if (service === 'cifs') return isAnyProtocol && isAmong(held, `cifs/${destination}`);
      const wanted = [destination, fqdnOf(destination)].map((name) => `${migrationService}/${name}`);
      return wanted.every((value) => isAmong(held, value));
    },
  };
}
