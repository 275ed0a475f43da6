-- Run once, when the database is made: a role of the bot's own, which owns its database and can do nothing else.
\set password `cat /run/secrets/database_password`
create role flagman login password :'password' nosuperuser nocreatedb nocreaterole;
create database flagman owner flagman;
revoke all on database flagman from public;
-- The superuser keeps no password, so that it cannot log in over the network.
alter role postgres password null;
