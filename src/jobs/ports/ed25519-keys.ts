import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';
import type { Signer, Verifier } from '../../core/ports';
import { remembered } from '../../core/remembered';

/** A key that cannot be used: not PEM, or not Ed25519. */
class KeyError extends Error {
  override readonly name = 'KeyError';
}

/** Before each step of a request its statements are verified again; the answer depends on nothing but the question. */
const REMEMBERED = 256;

/** Signs with a private key, PKCS#8 PEM (RFC 8410). Throws KeyError for any other kind of key. */
export function openSigner({ keyId, pem }: { keyId: string; pem: string }): Signer {
  const key = readKey(keyId, () => createPrivateKey(pem));
  return { keyId, sign: (text) => sign(null, Buffer.from(text, 'utf8'), key).toString('base64') };
}

/** Verifies with public keys by key id, SPKI PEM. A private key given by mistake is refused: workers hold none. */
export function openVerifier(publicKeys: Readonly<Record<string, string>>): Verifier {
  const keys = new Map(Object.entries(publicKeys).map(([id, pem]) => [id, readPublicKey(id, pem)]));
  const verifyOnce = remembered((question) => {
    // SAFETY: `verify` below asks so.
    const [text, keyId, signature] = JSON.parse(question) as [string, string, string];
    const key = keys.get(keyId);
    const bytes = Buffer.from(signature, 'base64');
    // Node skips what is no base64: one signature would have many spellings.
    if (key === undefined || bytes.toString('base64') !== signature) return false;
    return verify(null, Buffer.from(text, 'utf8'), key, bytes);
  }, REMEMBERED);
  return {
    verify: (text, keyId, signature) => verifyOnce(JSON.stringify([text, keyId, signature])),
  };
}

/** A new key pair as PEM texts. */
export function newKeyPair(): { privateKey: string; publicKey: string } {
  return generateKeyPairSync('ed25519', {
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
}

function readPublicKey(id: string, pem: string): KeyObject {
  if (pem.includes('PRIVATE KEY')) throw new KeyError(`${id} is a private key; only the bot may hold one`);
  return readKey(id, () => createPublicKey(pem));
}

function readKey(id: string, read: () => KeyObject): KeyObject {
  let key: KeyObject;
  try {
    key = read();
  } catch (cause) {
    throw new KeyError(`the key ${id} is not PEM`, { cause });
  }
  if (key.asymmetricKeyType !== 'ed25519') throw new KeyError(`the key ${id} is not an Ed25519 key`);
  return key;
}
