// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.server.files.DeviceFiles;
import dev.pharos.server.files.FileLinks;
import dev.pharos.server.files.Limits;
import dev.pharos.server.store.DeviceFileStore.StoredFile;
import dev.pharos.server.store.FileRequestStore.FileRequest;
import dev.pharos.server.store.FileRequestStore.State;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Where devices put the files that they were asked for, and fetch those that they are to take: who has a good link
/// needs no login. Each link takes one file; of a file that did not come whole nothing is kept, and it may come again.
@RestController
@Hidden
public final class DeviceFileDoor {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceFileDoor.class);
    private static final String PATH = FileLinks.PATH + "{request}/{name}";

    private final DeviceFiles files;
    private final Semaphore transfers = new Semaphore(Limits.TRANSFERS);

    public DeviceFileDoor(DeviceFiles files) {
        this.files = files;
    }

    @PutMapping(PATH)
    void take(
            @PathVariable long request,
            @RequestParam(defaultValue = "") String expires,
            @RequestParam(defaultValue = "") String token,
            HttpServletRequest http,
            HttpServletResponse response) {
        FileRequest open =
                open(request, expires, token, wanted -> wanted.action().isUpload());
        begin(response);
        try {
            StoredFile file = Intake.of(
                            Limits.of(open.action().kind()),
                            () -> files.take(open, http.getInputStream(), http.getContentLengthLong()))
                    .orElseThrow(DeviceFileDoor::used);
            LOG.info("{} has given {}, {} bytes", open.device(), file.name(), file.size());
            response.setStatus(HttpServletResponse.SC_CREATED);
        } finally {
            transfers.release();
        }
    }

    @GetMapping(PATH)
    void give(
            @PathVariable long request,
            @RequestParam(defaultValue = "") String expires,
            @RequestParam(defaultValue = "") String token,
            HttpServletResponse response) {
        FileRequest open =
                open(request, expires, token, wanted -> !wanted.action().isUpload());
        StoredFile file = open.file()
                .flatMap(id -> files.store().find(open.device(), id))
                .orElseThrow(() -> new ApiException(404, "Unknown file", "The file has been deleted."));
        begin(response);
        try {
            FileParts.write(files.store(), file, response);
        } catch (IOException left) {
            // most likely the device, which comes again
            LOG.debug("{} did not fetch {} whole: {}", open.device(), file.name(), left.getMessage());
        } finally {
            transfers.release();
        }
    }

    /// Whoever has no good link hears nothing of which requests there are.
    private FileRequest open(long request, String expires, String token, Predicate<FileRequest> right) {
        FileRequest found = files.request(request)
                .filter(right)
                .filter(known -> files.links().isGood(known, expires, token))
                .orElseThrow(() ->
                        new ApiException(403, "No good link", "The link is not one of this server's, or has expired."));
        if (found.state() != State.RUNNING) {
            throw used();
        }
        return found;
    }

    private static ApiException used() {
        return new ApiException(410, "Used", "The link was good once, and has been used.");
    }

    private void begin(HttpServletResponse response) {
        if (!transfers.tryAcquire()) {
            response.setHeader("Retry-After", "30");
            throw new ApiException(
                    503, "Busy", "As many devices as may be give or take files now; try again in a moment.");
        }
    }
}
