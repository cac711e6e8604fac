-- Who won what in a game a moment ago: the ends of two stretches, ids being ordered by age. A reward that is paid into a wallet, and most
-- are, is not entered.
create index reward_of_game on reward (tenant_id, game_id, type, reward_id) where type in ('voucher', 'physical');
