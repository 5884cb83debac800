-- Databases and roles, made once when the data volume is new. The local stack (ledger287.local.stack.Databases) makes
-- the same. For each database an owner, who migrates; for the ledger's own also the application, which may append to
-- the log but not rewrite it: its grants come with the migrations.
\set ON_ERROR_STOP on

\getenv agreements_owner_password AGREEMENTS_OWNER_PASSWORD
\getenv agreements_app_password AGREEMENTS_APP_PASSWORD
\getenv operations_owner_password OPERATIONS_OWNER_PASSWORD
\getenv operations_app_password OPERATIONS_APP_PASSWORD
\getenv reporting_password REPORTING_PASSWORD

create role agreements_owner login password :'agreements_owner_password';
create role agreements_app   login password :'agreements_app_password';
create role operations_owner login password :'operations_owner_password';
create role operations_app   login password :'operations_app_password';
create role reporting        login password :'reporting_password';

create database agreements owner agreements_owner;
create database operations owner operations_owner;
create database reporting  owner reporting;
