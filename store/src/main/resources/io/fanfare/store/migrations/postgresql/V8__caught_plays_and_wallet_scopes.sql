-- Whoever looks into a player asks for all attempts that were caught of that player, newest first.
create index caught_play_of_player on caught_play (tenant_id, player_id, play_id);

-- A game may leave it to its campaign. What was there says the same as before.
alter table game_revision alter column wallet_scope drop not null;
comment on column game_revision.wallet_scope is 'null: as the campaign says';
