-- The three roles and the database. As a PostgreSQL superuser:
--
--   psql -v owner_password=… -v app_password=… -v whole_password=… -f ops/postgresql/roles.sql
--
-- BYPASSRLS can only be given by a superuser. No role is a superuser, and the application's role
-- owns nothing and bypasses nothing: row-level security applies to it.
\set ON_ERROR_STOP on

CREATE ROLE jalons_owner LOGIN BYPASSRLS PASSWORD :'owner_password';
CREATE ROLE jalons_app LOGIN PASSWORD :'app_password';
CREATE ROLE jalons_whole LOGIN BYPASSRLS PASSWORD :'whole_password';

CREATE DATABASE jalons OWNER jalons_owner ENCODING 'UTF8' LOCALE 'C.UTF-8' TEMPLATE template0;
REVOKE CONNECT ON DATABASE jalons FROM PUBLIC;
GRANT CONNECT, TEMPORARY ON DATABASE jalons TO jalons_app, jalons_whole;
