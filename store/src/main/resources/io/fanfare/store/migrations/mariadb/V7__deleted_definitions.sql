-- Operators delete campaigns, games and prizes. What was played and won refers to them, so they stay, in a last revision that says
-- so, and are offered no more. Times are UTC.
alter table campaign add column deleted_at datetime(3) null comment 'null: it is there';
alter table game add column deleted_at datetime(3) null comment 'null: it is there';
alter table prize add column deleted_at datetime(3) null comment 'null: it is there';
