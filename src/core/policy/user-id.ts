import { z } from 'zod';

/** A Slack user id. Names and addresses are never compared. */
export const UserId = z.string().regex(/^[UW][A-Z0-9]{2,20}$/, 'a Slack user id such as U012AB3CD');

/** The id of a Slack user group. */
export const UserGroupId = z.string().regex(/^S[A-Z0-9]{2,20}$/, 'a Slack user group id such as S012AB3CD');

/** Everybody who is a full member, or these people; an empty list is nobody. */
export const People = z.union([z.literal('anyone'), z.array(UserId)]);
export type People = z.infer<typeof People>;

/** Whether a user id is among these people; nobody is where nothing is said. */
export function isAmongPeople(people: People | undefined, user: string): boolean {
  return people === 'anyone' || (people ?? []).includes(user);
}
