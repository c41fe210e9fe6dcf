// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.postgres;

import java.io.IOException;
import java.nio.file.Path;

/// A program that starts the PostgreSQL of a folder and waits to be killed.
final class PostgresProcess {
    private PostgresProcess() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(Path.of(arguments[0]))) {
            System.out.println(postgres.processId().isPresent() ? "ready" : "not ready");
            Thread.sleep(600_000);
        }
    }
}
