import type { DomainAccess } from '../../lab/directory/domain';

/** The practice domain of this test run. Each test file makes its own organisation in it (`createOrganisation`). */
export function testDomain(): DomainAccess {
  const json = process.env['HANDOVER_TEST_DOMAIN'];
  if (!json)
    throw new Error('No practice domain runs: HANDOVER_TEST_PARTS leaves it out, or jest ran without setup');
  return JSON.parse(json) as DomainAccess;
}
