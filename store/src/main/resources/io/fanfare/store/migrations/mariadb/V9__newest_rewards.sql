-- Who won what in a game a moment ago: the ends of two stretches, ids being ordered by age. Of all rewards, since there are no indexes on
-- some rows only.
create index reward_of_game on reward (tenant_id, game_id, type, reward_id);
