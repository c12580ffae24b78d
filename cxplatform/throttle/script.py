"""The script that takes points from several buckets at once, by the clock of the server."""

import hashlib

# KEYS: the buckets. ARGV: the points; then of each bucket its capacity and its points a second.
# A bucket is one number, the moment at which it will be full again; one that is full does not exist.
TAKE = """
local time = redis.call('TIME')
local now = tonumber(time[1]) + tonumber(time[2]) / 1000000
local points, wait = tonumber(ARGV[1]), 0
local owed, after, found = {}, {}, {0}
for i, key in ipairs(KEYS) do
  local capacity, rate = tonumber(ARGV[2 * i]), tonumber(ARGV[2 * i + 1])
  local debt = (tonumber(redis.call('GET', key) or now) - now) * rate
  owed[i] = math.min(math.max(debt, 0), capacity)
  after[i] = math.max(owed[i] + math.min(points, capacity), 0)
  wait = math.max(wait, (after[i] - capacity) / rate)
end
for i, key in ipairs(KEYS) do
  local capacity, rate = tonumber(ARGV[2 * i]), tonumber(ARGV[2 * i + 1])
  if wait <= 0 then
    local seconds = after[i] / rate
    redis.call('SET', key, string.format('%.6f', now + seconds), 'PX', math.ceil(seconds * 1000) + 1)
    owed[i] = after[i]
  end
  found[i + 1] = math.floor(capacity - owed[i])
end
found[1] = math.ceil(wait * 1000)
return found
"""
# Redis names scripts by this hash; nothing is kept safe by it.
SHA = hashlib.sha1(TAKE.encode(), usedforsecurity=False).hexdigest()
