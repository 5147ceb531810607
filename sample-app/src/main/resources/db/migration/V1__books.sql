-- The books of the ledger, for H2 and for PostgreSQL. What Spring Data reads is named as it derives names.

-- its one row is locked by whoever changes the books
create table book_lock (
	id smallint primary key check (id = 1)
);

insert into book_lock (id) values (1);

create table known_currency (
	code varchar(200) primary key,
	decimals smallint not null check (decimals between 0 and 18),
	turnover bigint default 0 not null check (turnover >= 0)
);

-- as in GoDBLedger, whose client cannot add one over TLS
insert into known_currency (code, decimals)
values ('USD', 2), ('AUD', 2), ('GBP', 2), ('BTC', 8), ('ETH', 9), ('OXEN', 9);

create table account (
	name varchar(200) primary key
);

create table account_tag (
	account varchar(200) not null references account (name),
	tag varchar(200) not null,
	primary key (account, tag)
);

-- number: the order of posting; entry_date: as in 2026-01-31, for a day is no moment in a time zone
create table posted_transaction (
	identifier varchar(36) primary key,
	number bigint generated always as identity unique,
	entry_date varchar(10) not null check (char_length(entry_date) = 10),
	description varchar(10010) not null,
	voids varchar(36) unique references posted_transaction (identifier)
);

create index posted_transaction_entry_date on posted_transaction (entry_date, number);

-- amount: in the smallest unit of the currency; its reverse fits, too
create table posted_line (
	posted_transaction varchar(36) not null references posted_transaction (identifier),
	posted_transaction_key integer not null,
	account varchar(200) not null references account (name),
	description varchar(10010) not null,
	currency varchar(200) not null references known_currency (code),
	amount bigint not null check (amount >= -9223372036854775807),
	primary key (posted_transaction, posted_transaction_key)
);

create index posted_line_account on posted_line (account);

create index posted_line_currency on posted_line (currency);

-- no line is agreed twice
create table agreed_line (
	posted_transaction varchar(36) not null,
	posted_transaction_key integer not null,
	agreement varchar(36) not null,
	primary key (posted_transaction, posted_transaction_key),
	foreign key (posted_transaction, posted_transaction_key)
		references posted_line (posted_transaction, posted_transaction_key)
);
