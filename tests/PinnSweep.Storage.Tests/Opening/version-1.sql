-- The tables of a store of schema 1 as its own code and the journal plugin made them, with one finished trial.
pragma application_id = 1347647344;

CREATE TABLE schema_version (version integer primary key, applied_at text not null);

CREATE TABLE studies (
    hash text primary key,
    name text not null,
    text text not null,
    submitted_at text not null
) without rowid;

CREATE TABLE trials (
    key text primary key,
    description text not null
) without rowid;

CREATE TABLE study_trials (
    study text not null references studies (hash),
    position integer not null,
    key text not null references trials (key),
    primary key (study, position)
) without rowid;

CREATE TABLE blobs (
    id integer primary key,
    sha256 text not null unique,
    bytes integer not null,
    created_at integer not null,
    content blob not null
);

CREATE TABLE results (
    key text primary key,
    attempt integer not null,
    blob text not null,
    outcome text not null,
    steps integer not null,
    relative_l2 real,
    seconds real not null,
    accepted_at text not null
) without rowid;

CREATE TABLE checkpoints (
    key text primary key,
    attempt integer not null,
    step integer not null,
    blob text not null,
    at text not null
) without rowid;

CREATE TABLE faults (
    key text not null,
    attempt integer not null,
    kind text not null,
    message text not null,
    detail text not null,
    worker text not null,
    incarnation text not null,
    at text not null,
    primary key (key, attempt)
) without rowid;

CREATE TABLE quarantined (
    key text primary key,
    at text not null
) without rowid;

CREATE TABLE projections (
    name text primary key,
    sequence_number integer not null
) without rowid;

CREATE INDEX results_blob on results (blob);

CREATE INDEX checkpoints_blob on checkpoints (blob);

CREATE TABLE [snapshot]
(
    [persistence_id]  NVarChar(255) NOT NULL,
    [sequence_number] INTEGER       NOT NULL,
    [created]         INTEGER       NOT NULL,
    [snapshot]        VarBinary         NULL,
    [manifest]        NVarChar(500)     NULL,
    [serializer_id]   INTEGER           NULL,

    CONSTRAINT [PK_snapshot] PRIMARY KEY ([persistence_id], [sequence_number])
);

CREATE TABLE [journal]
(
    [ordering]        INTEGER        NOT NULL PRIMARY KEY AUTOINCREMENT,
    [created]         INTEGER        NOT NULL,
    [deleted]         Bit            NOT NULL,
    [persistence_id]  NVarChar(255)  NOT NULL,
    [sequence_number] INTEGER        NOT NULL,
    [message]         VarBinary      NOT NULL,
    [tags]            NVarChar(100)      NULL,
    [manifest]        NVarChar(500)      NULL,
    [identifier]      INTEGER            NULL,
    [writer_uuid]     NVarChar(128)      NULL
);

insert into schema_version values (1, '2026-11-25T04:39:54.1589431Z');
insert into studies values ('some-hash', 'some-study', 'study: text', '2026-11-25T04:40:00.0000000Z');
insert into trials values ('1111111111111111111111111111111111111111111111111111111111111111', 'a description');
insert into study_trials values ('some-hash', 0, '1111111111111111111111111111111111111111111111111111111111111111');
insert into blobs values (1, '015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862', 7, 1764045600, x'7b2261223a317d');
insert into results values ('1111111111111111111111111111111111111111111111111111111111111111', 2, '015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862', 'stalled', 1000, 0.25, 1.5, '2026-11-25T04:41:00.0000000Z');
insert into faults values ('1111111111111111111111111111111111111111111111111111111111111111', 1, 'crash', 'it fell over', 'stack', 'w', '1', '2026-11-25T04:40:30.0000000Z');
insert into projections values ('decisions', 7);
insert into journal values (1, 638996280000000000, 0, 'coordinator', 1, x'080111e0b0db28ae4adf08', '', 'epoch-began-1', 1150, '07ffeda6b6b846b783caa404a900e717');
