import { pino, type Logger } from 'pino';

/** One logger for every program: JSON lines on standard error, secrets left out wherever they may appear by name. */
export function openLog(): Logger {
  const redact = ['*.password', '*.token', '*.botToken', '*.appToken', '*.secret', '*.signature', '*.pem'];
  return pino({ level: process.env['HANDOVER_LOG'] ?? 'info', redact, base: null }, pino.destination(2));
}
