import { generateKeyPairSync } from 'node:crypto';
import { newKeyPair, openSigner, openVerifier } from '../../../src/jobs/ports/ed25519-keys';

const [ours, others] = [newKeyPair(), newKeyPair()];
const signer = openSigner({ keyId: 'k1', pem: ours.privateKey });
const verifier = openVerifier({ k1: ours.publicKey, k2: others.publicKey });
const text = '{"reason":"für später — ✓"}';
const signature = signer.sign(text);

describe('an Ed25519 signature', () => {
  it('is verified with the public key of its key id', () => {
    expect(signer.keyId).toBe('k1');
    expect(Buffer.from(signature, 'base64')).toHaveLength(64);
    expect(verifier.verify(text, 'k1', signature)).toBe(true);
    expect(signer.sign(text)).toBe(signature);
  });

  it.each([
    ['of another text', `${text} `, 'k1', signature],
    ['of a text that looks alike', text.normalize('NFD'), 'k1', signature],
    ['named as another key’s', text, 'k2', signature],
    ['of a key that nobody knows', text, 'k3', signature],
    ['of a key named as a part of every object', text, '__proto__', signature],
    ['that is empty', text, 'k1', ''],
    ['that is no base64', text, 'k1', '!'],
    ['that is too short', text, 'k1', signature.slice(0, 40)],
    ['with more behind it', text, 'k1', `${signature}AAAA`],
    ['spelt otherwise', text, 'k1', signature.replace(/=+$/, '')],
    ['with white space', text, 'k1', `${signature}\n`],
    ['of zeros', text, 'k1', Buffer.alloc(64).toString('base64')],
  ])('%s is not valid', (_, said, keyId, given) => {
    expect(verifier.verify(said, keyId, given)).toBe(false);
  });

  it('is not valid with any bit of it changed', () => {
    const bytes = Buffer.from(signature, 'base64');
    const flipped = Array.from({ length: 512 }, (_, bit) => {
      const copy = Buffer.from(bytes);
      copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      return verifier.verify(text, 'k1', copy.toString('base64'));
    });
    expect(flipped.some(Boolean)).toBe(false);
  });
});

describe('a key', () => {
  const rsa = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });

  it('of another kind is refused by name, without a word of it', () => {
    expect(() => openSigner({ keyId: 'k1', pem: rsa.privateKey })).toThrow(
      'the key k1 is not an Ed25519 key',
    );
    expect(() => openVerifier({ k1: rsa.publicKey })).toThrow('the key k1 is not an Ed25519 key');
  });

  it('that is no PEM is refused', () => {
    expect(() => openSigner({ keyId: 'k1', pem: 'secret' })).toThrow('the key k1 is not PEM');
    expect(() => openSigner({ keyId: 'k1', pem: ours.publicKey })).toThrow('the key k1 is not PEM');
    expect(() => openVerifier({ k9: '' })).toThrow('the key k9 is not PEM');
  });

  it('that signs is refused where only verifying ones belong', () => {
    expect(() => openVerifier({ k1: ours.privateKey })).toThrow('k1 is a private key');
  });
});
