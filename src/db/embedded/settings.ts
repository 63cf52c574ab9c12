/** The server's settings as command-line flags, so that an upgrade of ours brings its own and no file is edited. */
export function serverFlags(
  port: number,
  { withStatements, more }: { withStatements: boolean; more: Record<string, string> },
): string[] {
  const settings: Record<string, string> = {
    listen_addresses: "127.0.0.1",
    port: String(port),
    // Paths of sockets may be about 100 bytes long, and a checkout's may be longer.
    unix_socket_directories: "",
    max_connections: "60",
    shared_buffers: "64MB",
    huge_pages: "off",
    jit: "off",
    fsync: "on",
    autovacuum: "on",
    max_logical_replication_workers: "0",
    password_encryption: "scram-sha-256",
    timezone: "UTC",
    log_timezone: "UTC",
    logging_collector: "off",
    log_checkpoints: "off",
    // Statements and details hold people's data, and the log is for the operator.
    log_min_error_statement: "panic",
    log_error_verbosity: "terse",
    ...(withStatements ? { shared_preload_libraries: "pg_stat_statements" } : {}),
    ...more,
  };
  return Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}

/** Who may connect: by TCP from this machine and with a password, also for a backup's replication connection. */
export const HBA = `host all all 127.0.0.1/32 scram-sha-256
host replication all 127.0.0.1/32 scram-sha-256
`;
