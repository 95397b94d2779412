//! Bounds that hold for every database of others.

use rusqlite::Connection;
use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;

use crate::Error;

/// The steps of SQLite's virtual machine that any database may take, and those for each of its bytes. A row of ten bytes, sorted,
/// takes about fifteen.
const BASE_STEPS: u64 = 10_000_000;
const STEPS_A_BYTE: u64 = 4;

/// The steps between two looks at the count.
const INTERVAL: i32 = 10_000;

/// The largest value of a column, in bytes.
const MAX_VALUE: i32 = 64 << 20;

/// Opens the bytes of a database for reading.
///
/// # Errors
/// If they are not a database.
pub fn open(bytes: &[u8]) -> Result<Connection, Error> {
    let mut connection = Connection::open_in_memory()?;
    connection.deserialize_read_exact("main", bytes, bytes.len(), true)?;
    guard(&mut connection, bytes.len() as u64)?;
    Ok(connection)
}

/// Sets the bounds for a database of `length` bytes (<https://sqlite.org/security.html>): no views and triggers run, no value is
/// larger than 64 MiB, and all queries together take no more steps than a database of this length needs.
///
/// # Errors
/// If SQLite doesn't take a setting.
pub fn guard(connection: &mut Connection, length: u64) -> Result<(), Error> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    for allowed in [
        DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA,
        DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW,
        DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER,
    ] {
        connection.set_db_config(allowed, false)?;
    }
    for (limit, most) in [
        (Limit::SQLITE_LIMIT_LENGTH, MAX_VALUE),
        (Limit::SQLITE_LIMIT_SQL_LENGTH, 1 << 20),
        (Limit::SQLITE_LIMIT_COLUMN, 200),
        (Limit::SQLITE_LIMIT_EXPR_DEPTH, 100),
        (Limit::SQLITE_LIMIT_COMPOUND_SELECT, 10),
        (Limit::SQLITE_LIMIT_FUNCTION_ARG, 10),
        (Limit::SQLITE_LIMIT_ATTACHED, 0),
        (Limit::SQLITE_LIMIT_TRIGGER_DEPTH, 1),
        (Limit::SQLITE_LIMIT_WORKER_THREADS, 0),
    ] {
        connection.set_limit(limit, most)?;
    }
    // Anki's own order of names. No query here asks for it, but an index that has it must open.
    connection.create_collation("unicase", |a, b| a.to_lowercase().cmp(&b.to_lowercase()))?;
    let mut left = BASE_STEPS.saturating_add(length.saturating_mul(STEPS_A_BYTE));
    connection.progress_handler(
        INTERVAL,
        Some(move || {
            left = left.saturating_sub(u64::from(INTERVAL.unsigned_abs()));
            left == 0
        }),
    )?;
    Ok(())
}

/// Whether there is a table of this name.
///
/// # Errors
/// If what has the name is a view or a virtual table, or has columns that are computed; or if the schema can't be read.
pub fn is_table(connection: &Connection, name: &str) -> Result<bool, Error> {
    // Neither views nor virtual tables have pages of their own.
    let sql = "SELECT type = 'table' AND rootpage > 0 FROM sqlite_schema \
               WHERE type IN ('table', 'view') AND lower(name) = lower(?1)";
    let mut statement = connection.prepare(sql)?;
    let plain: Vec<bool> = statement.query_map([name], |row| row.get(0))?.collect::<Result<_, _>>()?;
    if plain.is_empty() {
        return Ok(false);
    }
    let computed = "SELECT count(*) FROM pragma_table_xinfo(?1) WHERE hidden <> 0";
    let computed: i64 = connection.query_row(computed, [name], |row| row.get(0))?;
    if computed > 0 || plain != [true] {
        return Err(Error::NotTable(name.to_owned()));
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guarded(sql: &str) -> Connection {
        let mut connection = Connection::open_in_memory().expect("a database");
        connection.execute_batch(sql).expect("made");
        open(&connection.serialize("main").expect("bytes")).expect("opened")
    }

    #[test]
    fn only_plain_tables_are_tables() {
        let connection = guarded(
            "CREATE TABLE plain (id INTEGER PRIMARY KEY, words TEXT COLLATE nocase);
             CREATE TABLE \"Mixed\" (id);
             CREATE VIEW seen AS SELECT 1 AS id;
             CREATE TABLE made (id, twice GENERATED ALWAYS AS (id * 2) STORED);
             CREATE TABLE shown (id, twice GENERATED ALWAYS AS (hex(zeroblob(9)) || id) VIRTUAL);",
        );
        assert_eq!(is_table(&connection, "plain"), Ok(true));
        assert_eq!(is_table(&connection, "mixed"), Ok(true));
        assert_eq!(is_table(&connection, "none"), Ok(false));
        for name in ["seen", "made", "shown"] {
            assert_eq!(is_table(&connection, name), Err(Error::NotTable(name.to_owned())));
        }
        assert!(connection.query_row("SELECT * FROM seen", [], |_| Ok(())).is_err(), "views don't run");
        assert!(connection.execute("INSERT INTO plain VALUES (1, 'a')", []).is_err(), "nothing is written");
    }

    #[test]
    fn a_query_that_never_ends_is_ended() {
        let connection = guarded("CREATE TABLE plain (id)");
        let endless = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c";
        let error = connection.query_row(endless, [], |_| Ok(())).expect_err("it has no end");
        assert_eq!(Error::from(error), Error::TooManySteps);
    }

    #[test]
    fn as_many_rows_as_a_database_can_hold_are_read() {
        let connection = guarded(
            "CREATE TABLE plain (id INTEGER PRIMARY KEY, other);
             WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c LIMIT 100000)
             INSERT INTO plain SELECT x, 100000 - x FROM c;",
        );
        // Several times over, since the bound is one for all queries.
        for _ in 0..5 {
            let mut statement = connection.prepare("SELECT id, other FROM plain ORDER BY other, id").expect("prepared");
            let rows: Vec<i64> =
                statement.query_map([], |row| row.get(0)).expect("read").collect::<Result<_, _>>().expect("all");
            assert_eq!((rows.len(), rows[0]), (100_000, 100_000));
        }
    }
}
