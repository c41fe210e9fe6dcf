// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.server.firmware.FileNames;
import dev.pharos.server.firmware.FirmwareRepository;
import dev.pharos.server.firmware.Limits;
import dev.pharos.server.rest.json.BadRequestException;
import dev.pharos.server.spool.FileFolder.Received;
import dev.pharos.server.store.FirmwareStore.StoredImage;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.security.Principal;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.regex.Pattern;

/// Takes files into the repository: firmware images and software modules, a few at once, and only what is what was said
/// of it. What is not kept leaves no file. Thread-safe.
public final class ImageIntake {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 ._+-]{0,59}");
    private static final Pattern VERSION = Pattern.compile("[!-~](?:[ -~]{0,62}[!-~])?");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final int TEXT = 500;

    private final FirmwareRepository repository;
    private final DeviceQueries queries;
    private final Audit audit;
    private final Clock clock;
    private final Semaphore uploads = new Semaphore(Limits.UPLOADS);

    public ImageIntake(FirmwareRepository repository, DeviceQueries queries, Audit audit, Clock clock) {
        this.repository = repository;
        this.queries = queries;
        this.audit = audit;
        this.clock = clock;
    }

    /// What is said of a file by whoever uploads it.
    ///
    /// @param fileName as devices are to see it
    /// @param devices a query for those that it is meant for; empty for all
    /// @param sha256 that it must have; empty where nobody says
    record Label(String name, String version, String fileName, String devices, String note, String sha256) {}

    /// Keeps what was received.
    @FunctionalInterface
    interface Keeping<T> {
        T keep(StoredImage image) throws IOException;
    }

    /// @throws BadRequestException for the first that cannot be
    void check(Label label) {
        String devices = label.devices();
        String note = label.note();
        String sha256 = label.sha256();
        if (!NAME.matcher(label.name()).matches()) {
            throw new BadRequestException(
                    "name", "must have 1 to 60 letters, digits, blanks and . _ + -, a letter or digit first");
        }
        if (!VERSION.matcher(label.version()).matches()) {
            throw new BadRequestException("version", "must have 1 to 64 characters of ASCII, no blank first or last");
        }
        if (devices.length() > TEXT || note.length() > TEXT) {
            throw new BadRequestException(
                    devices.length() > TEXT ? "devices" : "note", "must have at most " + TEXT + " characters");
        }
        if (!devices.isBlank()) {
            queries.read("devices", devices.strip());
        }
        if (!sha256.isEmpty()
                && !SHA256.matcher(sha256.toLowerCase(Locale.ROOT)).matches()) {
            throw new BadRequestException("sha256", "must have 64 hexadecimal digits");
        }
    }

    /// Takes the body of a request.
    ///
    /// @param keeping where this fails, nothing is left
    <T> T take(HttpServletRequest request, Label label, Principal user, Keeping<T> keeping) throws IOException {
        if (!uploads.tryAcquire()) {
            throw new ApiException(
                    503, "Too many uploads", Limits.UPLOADS + " images are being uploaded; try again in a moment.");
        }
        try {
            Received received = Intake.of(
                    Limits.IMAGE_BYTES,
                    () -> repository.files().receive(request.getInputStream(), request.getContentLengthLong()));
            return kept(received, label, user, keeping);
        } finally {
            uploads.release();
        }
    }

    private <T> T kept(Received received, Label label, Principal user, Keeping<T> keeping) throws IOException {
        String sha256 = label.sha256().toLowerCase(Locale.ROOT);
        boolean kept = false;
        try {
            if (received.size() == 0) {
                throw new ApiException(422, "Empty", "The image has no bytes.");
            }
            if (!sha256.isEmpty() && !sha256.equals(received.sha256().toHex())) {
                throw new ApiException(
                        422,
                        "Not the image that was meant",
                        "The SHA-256 of what came is " + received.sha256().toHex() + ".");
            }
            T result = keeping.keep(new StoredImage(
                    0,
                    label.name(),
                    label.version(),
                    FileNames.plain(label.fileName()),
                    received.size(),
                    received.sha256(),
                    label.devices().strip(),
                    label.note().strip(),
                    clock.instant(),
                    user.getName(),
                    received.file()));
            kept = true;
            return result;
        } finally {
            if (!kept) {
                repository.files().delete(received.file());
            }
        }
    }

    /// What is kept already in place of what came.
    ///
    /// @param kind `image` or `module`
    /// @param found the one of the same name and version
    /// @param image the file of it
    /// @throws ApiException where that is another file, or there is none, as there are as many as may be
    static <T> T same(String kind, String called, StoredImage sent, Optional<T> found, Function<T, StoredImage> image) {
        T there = found.orElseThrow(() -> new ApiException(
                409, "Too many " + kind + "s", "There are as many " + kind + "s as may be; delete one first."));
        StoredImage kept = image.apply(there);
        if (!kept.sha256().equals(sent.sha256())) {
            throw new ApiException(
                    409, "Another " + kind, called + " is another " + kind + " already, the number " + kept.id() + ".");
        }
        return there;
    }

    /// Notes in the audit log that somebody uploads it, before it is kept.
    void note(String action, StoredImage image, String called) {
        audit.record(
                image.uploadedBy(),
                action,
                called,
                image.fileName() + ", " + image.size() + " bytes, SHA-256 "
                        + image.sha256().toHex());
    }
}
