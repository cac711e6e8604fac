-- Which command a transfer waits for, and in which place of its wallet. With the wallet's own word of that place this says whether the
-- command can have an effect still. A retry is a further attempt, whose commands are its own.
alter table wallet_transfer
    add column attempt int not null default 1,
    add column debit_attempt int not null default 1,
    add column leg_command_id uuid null,
    add column leg_number bigint null,
    add constraint wallet_transfer_attempts check (debit_attempt between 1 and attempt);
comment on column wallet_transfer.debit_attempt is 'of the debit that counts';
comment on column wallet_transfer.leg_command_id is 'the latest; null where it was given before this was kept';
comment on column wallet_transfer.leg_number is 'of that command, in its wallet';
create index wallet_transfer_of_tenant on wallet_transfer (tenant_id, status, created_at, transfer_id);
