import { script } from './scripts';

/** KEYS seals, sealed ends. ARGV number, signed seal, then in turns chain and end as it is kept. Gives 0 when the number is not the next one. */
export const ADD_SEAL = script(`
if redis.call('LLEN', KEYS[1]) + 1 ~= tonumber(ARGV[1]) then return 0 end
redis.call('RPUSH', KEYS[1], ARGV[2])
for place = 3, #ARGV, 2 do redis.call('HSET', KEYS[2], ARGV[place], ARGV[place + 1]) end
return 1`);
