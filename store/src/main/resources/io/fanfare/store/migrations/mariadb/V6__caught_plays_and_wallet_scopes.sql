-- Whoever looks into a player asks for all attempts that were caught of that player, newest first.
create index caught_play_of_player on caught_play (tenant_id, player_id, play_id);

-- A game may leave it to its campaign. What was there says the same as before.
alter table game_revision modify column wallet_scope varchar(20) null comment 'null: as the campaign says';
