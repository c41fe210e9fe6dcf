// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.server.firmware.FirmwareLinks;
import dev.pharos.server.firmware.FirmwareRepository;
import dev.pharos.server.firmware.Limits;
import dev.pharos.server.modules.ModuleCatalogue;
import dev.pharos.server.store.FirmwareStore.StoredImage;
import dev.pharos.server.store.ModuleStore.StoredModule;
import dev.pharos.usp.Bytes;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Where devices fetch firmware images and software modules, and the signatures of those, which lie beside them: who
/// has a good link needs no login. Ranges are given (RFC 9110), so that a device goes on where its download broke off.
@RestController
@Hidden
public final class FirmwareFileController {
    private static final Logger LOG = LoggerFactory.getLogger(FirmwareFileController.class);

    private final FirmwareRepository repository;
    private final FirmwareLinks links;
    private final ModuleCatalogue modules;
    private final Semaphore downloads = new Semaphore(Limits.DOWNLOADS);

    public FirmwareFileController(FirmwareRepository repository, FirmwareLinks links, ModuleCatalogue modules) {
        this.repository = repository;
        this.links = links;
        this.modules = modules;
    }

    @RequestMapping(
            path = FirmwareLinks.PATH + "{id}/{name}",
            method = {RequestMethod.GET, RequestMethod.HEAD})
    void fetch(
            @PathVariable long id,
            @PathVariable String name,
            @RequestParam(defaultValue = "") String expires,
            @RequestParam(defaultValue = "") String token,
            HttpServletRequest request,
            HttpServletResponse response) {
        if (!links.isGood(id, expires, token)) {
            throw new ApiException(403, "No good link", "The link is not one of this server's, or has expired.");
        }
        StoredImage image = repository
                .stored(id)
                .orElseThrow(() -> new ApiException(404, "Unknown image", "The image has been deleted."));
        if (FirmwareLinks.isOfSignature(image, name)) {
            sign(image, request, response);
            return;
        }
        if (!downloads.tryAcquire()) {
            response.setHeader("Retry-After", "30");
            throw new ApiException(503, "Busy", "As many devices as may be fetch images now; try again in a moment.");
        }
        try (FileChannel file = repository.open(image)) {
            give(image, file, request, response);
        } catch (UncheckedIOException elsewhere) {
            LOG.error("the file of firmware image {} cannot be read: {}", id, elsewhere.getMessage());
            throw new ApiException(404, "Not here", "The image is not on the disk of this server.");
        } catch (IOException left) {
            // most likely the device, which comes again for the rest
            LOG.debug("firmware image {} was not fetched whole: {}", id, left.getMessage());
        } finally {
            downloads.release();
        }
    }

    private void sign(StoredImage image, HttpServletRequest request, HttpServletResponse response) {
        byte[] signature = modules.find(image.id())
                .flatMap(StoredModule::signature)
                .map(Bytes::toByteArray)
                .orElseThrow(() -> new ApiException(404, "Not signed", "There is no signature of it."));
        response.setContentType("application/octet-stream");
        response.setContentLength(signature.length);
        if (!request.getMethod().equals("HEAD")) {
            try {
                response.getOutputStream().write(signature);
            } catch (IOException left) {
                LOG.debug("the signature of software module {} was not fetched: {}", image.id(), left.getMessage());
            }
        }
    }

    private static void give(
            StoredImage image, FileChannel file, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        String tag = "\"" + image.sha256().toHex() + "\"";
        response.setContentType("application/octet-stream");
        response.setHeader("Accept-Ranges", "bytes");
        response.setHeader("ETag", tag);
        response.setHeader("Content-Disposition", "attachment; filename=\"" + image.fileName() + "\"");
        ByteRange range = ByteRange.of(ranges(request, tag), image.size());
        if (!range.isSatisfiable()) {
            response.setHeader("Content-Range", "bytes */" + image.size());
            response.setStatus(HttpServletResponse.SC_REQUESTED_RANGE_NOT_SATISFIABLE);
            return;
        }
        if (range.isPart()) {
            response.setStatus(HttpServletResponse.SC_PARTIAL_CONTENT);
            response.setHeader("Content-Range", "bytes " + range.first() + "-" + range.last() + "/" + image.size());
        }
        response.setContentLengthLong(range.length());
        if (!request.getMethod().equals("HEAD")) {
            copy(file, range, response.getOutputStream());
        }
    }

    /// None where the device has begun with another image than this.
    private static @Nullable String ranges(HttpServletRequest request, String tag) {
        @Nullable String only = request.getHeader("If-Range");
        return only == null || only.equals(tag) ? request.getHeader("Range") : null;
    }

    private static void copy(FileChannel file, ByteRange range, OutputStream out) throws IOException {
        byte[] buffer = new byte[Limits.BUFFER];
        long at = range.first();
        while (at <= range.last()) {
            int most = (int) Math.min(buffer.length, range.last() - at + 1);
            int read = file.read(ByteBuffer.wrap(buffer, 0, most), at);
            if (read < 0) {
                throw new IOException("the file is shorter than it was");
            }
            out.write(buffer, 0, read);
            at += read;
        }
        out.flush();
    }
}
