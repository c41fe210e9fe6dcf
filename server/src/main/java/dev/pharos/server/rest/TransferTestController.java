// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.server.diagnostics.Limits;
import dev.pharos.server.diagnostics.TransferTests;
import dev.pharos.server.diagnostics.TransferTests.Direction;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Where devices measure transfers: who has a good link needs no login. Nothing that comes is kept.
@RestController
@Hidden
public final class TransferTestController {
    private static final Logger LOG = LoggerFactory.getLogger(TransferTestController.class);

    private final TransferTests tests;

    public TransferTestController(TransferTests tests) {
        this.tests = tests;
    }

    @GetMapping(TransferTests.PATH + "download")
    void give(
            @RequestParam(defaultValue = "") String expires,
            @RequestParam(defaultValue = "") String token,
            HttpServletResponse response) {
        begin(Direction.DOWNLOAD, expires, token, response);
        try {
            response.setContentType("application/octet-stream");
            response.setHeader("Cache-Control", "no-store");
            response.setContentLengthLong(Limits.TRANSFER_BYTES);
            // what could be made smaller on its way would measure something else
            byte[] noise = new byte[Limits.TRANSFER_BUFFER];
            ThreadLocalRandom.current().nextBytes(noise);
            OutputStream out = response.getOutputStream();
            for (long left = Limits.TRANSFER_BYTES; left > 0; left -= noise.length) {
                int next = Math.toIntExact(Math.min(left, noise.length));
                tests.pace(next);
                out.write(noise, 0, next);
            }
            out.flush();
        } catch (IOException left) {
            // as a test that is measured by time ends
            LOG.debug("a test of a download has ended: {}", left.getMessage());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } finally {
            tests.end();
        }
    }

    @PutMapping(TransferTests.PATH + "upload")
    void take(
            @RequestParam(defaultValue = "") String expires,
            @RequestParam(defaultValue = "") String token,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        begin(Direction.UPLOAD, expires, token, response);
        try {
            byte[] buffer = new byte[Limits.TRANSFER_BUFFER];
            InputStream in = request.getInputStream();
            long come = 0;
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                come += read;
                if (come > Limits.TRANSFER_BYTES) {
                    throw new ApiException(413, "Too large", "A test has at most " + Limits.TRANSFER_BYTES + " bytes.");
                }
                tests.pace(read);
            }
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } finally {
            tests.end();
        }
    }

    private void begin(Direction direction, String expires, String token, HttpServletResponse response) {
        if (!tests.isGood(direction, expires, token)) {
            throw new ApiException(403, "No good link", "The link is not one of this server's, or has expired.");
        }
        if (!tests.begin()) {
            response.setHeader("Retry-After", "30");
            throw new ApiException(503, "Busy", "As many devices as may be measure here now; try again in a moment.");
        }
    }
}
