// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.server.backup.BackupWriter;
import dev.pharos.server.rate.Heavy;
import dev.pharos.server.rights.Needs;
import dev.pharos.server.rights.OfWholeServer;
import dev.pharos.server.rights.Right;
import dev.pharos.server.store.SystemStore;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Everything that the server keeps, as one file: see docs/backup.md.
@RestController
@RequestMapping("/api/v1/backup")
@Tag(name = "administration")
@Needs(Right.PEOPLE)
@OfWholeServer
public final class BackupController {
    private final BackupWriter backup;
    private final Audit audit;
    private final Clock clock;

    public BackupController(BackupWriter backup, Audit audit, Clock clock) {
        this.backup = backup;
        this.audit = audit;
        this.clock = clock;
    }

    @Heavy
    @GetMapping(produces = "application/zip")
    @Operation(operationId = "backup", summary = "Everything that the server keeps, as of now, in one ZIP file")
    void backup(Principal user, HttpServletResponse response) throws IOException {
        audit.record(user, "backup", "", "");
        Instant now = clock.instant();
        response.setContentType("application/zip");
        response.setHeader(
                "Content-Disposition",
                "attachment; filename=\"pharos-" + now.atOffset(ZoneOffset.UTC).toLocalDate() + ".zip\"");
        backup.write(response.getOutputStream(), now);
        audit.record(user, SystemStore.BACKUP_MADE, "", "");
    }
}
