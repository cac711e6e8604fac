-- Operators delete campaigns, games and prizes. What was played and won refers to them, so they stay, in a last revision that says
-- so, and are offered no more. Times are UTC.
alter table campaign add column deleted_at timestamp(3) null;
alter table game add column deleted_at timestamp(3) null;
alter table prize add column deleted_at timestamp(3) null;
comment on column campaign.deleted_at is 'null: it is there';
comment on column game.deleted_at is 'null: it is there';
comment on column prize.deleted_at is 'null: it is there';
