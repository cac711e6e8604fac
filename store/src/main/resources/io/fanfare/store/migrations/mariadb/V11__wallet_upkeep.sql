-- Which holds may stand, next to time out first. Whether one does, the wallets app knows; none stands for longer than 90 days.
alter table wallet_hold
    add column expires_at datetime(3) null,
    add column ended_at datetime(3) null comment 'null where it may stand until its timeout';
update wallet_hold set expires_at = created_at + interval 90 day;
alter table wallet_hold modify column expires_at datetime(3) not null;
create index wallet_hold_standing on wallet_hold (tenant_id, expires_at, hold_id);
create index wallet_hold_of_player on wallet_hold (tenant_id, player_id, expires_at, hold_id);

-- How what is won of a currency is credited: when it becomes available, and when it expires.
alter table wallet_terms add column earnings longtext null comment 'JSON; null: at once and for ever';

-- Whose wallet campaigns and games pay into that do not say so: of a merchant, or of the whole tenant. It is read when one is saved.
create table wallet_scope_default (
    tenant_id varchar(100) not null,
    merchant_id varchar(100) not null comment 'empty: of the tenant',
    wallet_scope varchar(20) not null,
    who varchar(200) not null,
    updated_at datetime(3) not null,
    primary key (tenant_id, merchant_id),
    check (wallet_scope in ('campaign', 'merchant', 'tenant'))
) engine = innodb default character set utf8mb4 collate ${collation};
