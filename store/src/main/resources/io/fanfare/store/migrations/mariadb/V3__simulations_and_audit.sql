-- Simulations that run in the background, and what an audit needs of prizes. Times are UTC, in milliseconds.

-- While it runs, whoever holds the lease runs it; past lease_until anybody may take it over, from its beginning.
create table simulation (
    tenant_id varchar(100) not null,
    simulation_id varchar(100) not null,
    game_id varchar(100) not null,
    game_revision bigint not null,
    plays bigint not null,
    players bigint not null,
    seed bigint not null,
    crowd_from datetime(3) not null,
    crowd_until datetime(3) not null,
    status varchar(20) not null,
    played bigint not null,
    attempts int not null,
    lease char(36) character set ascii collate ascii_bin null,
    lease_until datetime(3) null,
    forecast longtext null,
    failure varchar(500) null,
    created_at datetime(3) not null,
    finished_at datetime(3) null,
    primary key (tenant_id, simulation_id),
    check (status in ('running', 'done', 'failed'))
) engine = innodb default character set utf8mb4 collate ${collation};
create index simulation_status on simulation (status, lease_until);
create index simulation_finished on simulation (finished_at);

-- A prize as it was from effective_at on; the table prize holds the newest revision.
create table prize_revision (
    tenant_id varchar(100) not null,
    prize_id varchar(100) not null,
    revision bigint not null,
    name varchar(200) not null,
    type varchar(20) not null,
    image varchar(2000) null,
    value bigint not null,
    max_per_user int not null,
    max_per_day int not null,
    needs_code boolean not null,
    fulfillment longtext not null,
    effective_at datetime(3) not null,
    primary key (tenant_id, prize_id, revision)
) engine = innodb default character set utf8mb4 collate ${collation};
