// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.server.store.DeviceFileStore;
import dev.pharos.server.store.DeviceFileStore.StoredFile;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/// Gives a kept file, part by part. No browser is to show what a device wrote.
final class FileParts {
    private FileParts() {}

    /// @throws IOException where whoever reads leaves, or the file is deleted meanwhile
    static void write(DeviceFileStore store, StoredFile file, HttpServletResponse response) throws IOException {
        response.setContentType("application/octet-stream");
        response.setHeader("Content-Disposition", "attachment; filename=\"" + file.name() + "\"");
        response.setHeader("Cache-Control", "no-store");
        response.setContentLengthLong(file.size());
        OutputStream out = response.getOutputStream();
        int no = 0;
        for (long left = file.size(); left > 0; no++) {
            Optional<byte[]> part = store.part(file.id(), no);
            if (part.isEmpty()) {
                throw new IOException("the file is deleted");
            }
            out.write(part.get());
            left -= part.get().length;
        }
        out.flush();
    }
}
