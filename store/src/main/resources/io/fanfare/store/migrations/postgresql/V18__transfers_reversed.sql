-- A transfer that takes another one back. Of those that have not failed, each original has one.
alter table wallet_transfer
    add column reverses varchar(100) collate "C" null,
    add column gives_back bigint null;
comment on column wallet_transfer.reverses is 'the transfer that this one takes back';
comment on column wallet_transfer.gives_back is 'number of its credit, in the wallet that sends back; null where it is not known';
create unique index wallet_transfer_reversal on wallet_transfer (tenant_id, reverses)
    where reverses is not null and status not in ('refused', 'returned');
