// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.controller.campaign.CampaignRunner;
import dev.pharos.controller.job.JobWork;
import dev.pharos.server.firmware.FileNames;
import dev.pharos.server.firmware.FirmwareLinks;
import dev.pharos.server.firmware.FirmwareRepository;
import dev.pharos.server.firmware.ImageAudience;
import dev.pharos.server.firmware.Limits;
import dev.pharos.server.rest.json.BadRequestException;
import dev.pharos.server.rest.json.Firmware;
import dev.pharos.server.rest.json.FirmwareLink;
import dev.pharos.server.rest.json.FirmwareList;
import dev.pharos.server.rights.Needs;
import dev.pharos.server.rights.Reach;
import dev.pharos.server.rights.Reaches;
import dev.pharos.server.rights.Right;
import dev.pharos.server.spool.FileFolder.Received;
import dev.pharos.server.store.FirmwareStore.StoredImage;
import dev.pharos.usp.EndpointId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.security.Principal;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// The repository of firmware images, see docs/firmware.md.
@RestController
@RequestMapping("/api/v1/firmware")
@Tag(name = "firmware")
@Needs(Right.FLEET)
public final class FirmwareController {
    /// Where images are uploaded: bodies that are taken as they come.
    static final String PATH = "/api/v1/firmware";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 ._+-]{0,59}");
    private static final Pattern VERSION = Pattern.compile("[!-~](?:[ -~]{0,62}[!-~])?");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final int TEXT = 500;

    private final FirmwareRepository repository;
    private final FirmwareLinks links;
    private final CampaignRunner campaigns;
    private final DeviceQueries queries;
    private final ImageAudience audience;
    private final Audit audit;
    private final Clock clock;
    private final Semaphore uploads = new Semaphore(Limits.UPLOADS);

    public FirmwareController(
            FirmwareRepository repository,
            FirmwareLinks links,
            CampaignRunner campaigns,
            DeviceQueries queries,
            ImageAudience audience,
            Audit audit,
            Clock clock) {
        this.campaigns = campaigns;
        this.repository = repository;
        this.links = links;
        this.queries = queries;
        this.audience = audience;
        this.audit = audit;
        this.clock = clock;
    }

    /// @param device where given, only the images that are meant for it
    @Reaches(Reach.SEEN)
    @GetMapping
    @Needs(Right.LOOK)
    @Operation(operationId = "listFirmware", summary = "Firmware images, the newest first; all, or those for a device")
    FirmwareList list(@RequestParam(required = false) @Nullable EndpointId device) {
        return new FirmwareList(repository.all().stream()
                .filter(image -> device == null || audience.includes(image, device))
                .map(Firmware::of)
                .toList());
    }

    @Reaches(Reach.NONE)
    @GetMapping("/{id}")
    @Needs(Right.LOOK)
    @Operation(operationId = "getFirmware", summary = "One firmware image")
    Firmware get(@PathVariable long id) {
        return Firmware.of(known(id));
    }

    /// @param name what it is an image of
    /// @param version as devices say it when the image runs
    /// @param fileName as devices are to see it
    /// @param devices a query for those that it is meant for; empty for all
    /// @param sha256 of the image, which is compared where it is given
    @PostMapping(consumes = "application/octet-stream")
    @Operation(
            operationId = "uploadFirmware",
            summary = "Upload an image, the bytes of which are the body; the same one again is the one that is there",
            requestBody =
                    @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = "application/octet-stream",
                                            schema = @Schema(type = "string", format = "binary"))))
    Firmware upload(
            @RequestParam String name,
            @RequestParam String version,
            @RequestParam(defaultValue = "") String fileName,
            @RequestParam(defaultValue = "") String devices,
            @RequestParam(defaultValue = "") String note,
            @RequestParam(defaultValue = "") String sha256,
            HttpServletRequest request,
            Principal user)
            throws IOException {
        check(name, version, devices, note, sha256);
        if (!uploads.tryAcquire()) {
            throw new ApiException(
                    503, "Too many uploads", Limits.UPLOADS + " images are being uploaded; try again in a moment.");
        }
        try {
            Received received = receive(request);
            return Firmware.of(keep(
                    new StoredImage(
                            0,
                            name,
                            version,
                            FileNames.plain(fileName),
                            received.size(),
                            received.sha256(),
                            devices.strip(),
                            note.strip(),
                            clock.instant(),
                            user.getName(),
                            received.file()),
                    sha256.toLowerCase(Locale.ROOT)));
        } finally {
            uploads.release();
        }
    }

    private void check(String name, String version, String devices, String note, String sha256) {
        if (!NAME.matcher(name).matches()) {
            throw new BadRequestException(
                    "name", "must have 1 to 60 letters, digits, blanks and . _ + -, a letter or digit first");
        }
        if (!VERSION.matcher(version).matches()) {
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

    private Received receive(HttpServletRequest request) {
        return Intake.of(
                Limits.IMAGE_BYTES,
                () -> repository.files().receive(request.getInputStream(), request.getContentLengthLong()));
    }

    /// What is not kept leaves no file.
    private StoredImage keep(StoredImage image, String sha256) throws IOException {
        boolean kept = false;
        try {
            if (image.size() == 0) {
                throw new ApiException(422, "Empty", "The image has no bytes.");
            }
            if (!sha256.isEmpty() && !sha256.equals(image.sha256().toHex())) {
                throw new ApiException(
                        422,
                        "Not the image that was meant",
                        "The SHA-256 of what came is " + image.sha256().toHex() + ".");
            }
            audit.record(
                    image.uploadedBy(),
                    "upload firmware",
                    image.name() + " " + image.version(),
                    image.fileName() + ", " + image.size() + " bytes, SHA-256 "
                            + image.sha256().toHex());
            kept = true;
        } finally {
            if (!kept) {
                repository.files().delete(image.file());
            }
        }
        return repository.add(image).orElseGet(() -> same(image));
    }

    private StoredImage same(StoredImage image) {
        StoredImage there = repository
                .find(image.name(), image.version())
                .orElseThrow(() -> new ApiException(
                        409, "Too many images", "There are as many images as may be; delete one first."));
        if (!there.sha256().equals(image.sha256())) {
            throw new ApiException(
                    409,
                    "Another image",
                    image.name() + " " + image.version() + " is another image already, the number " + there.id() + ".");
        }
        return there;
    }

    /// @param hours for how long it is good
    @PostMapping("/{id}/link")
    @Operation(operationId = "linkFirmware", summary = "A link by which a device fetches the image without any login")
    FirmwareLink link(@PathVariable long id, @RequestParam(defaultValue = "24") int hours, Principal user) {
        StoredImage image = known(id);
        if (hours < 1 || hours > Limits.LONGEST_LINK.toHours()) {
            throw new BadRequestException("hours", "must be 1 to " + Limits.LONGEST_LINK.toHours());
        }
        audit.record(user, "link firmware", image.name() + " " + image.version(), "for " + hours + " hours");
        return links.to(image, Duration.ofHours(hours))
                .map(link -> new FirmwareLink(link.url(), link.expires().toString()))
                .orElseThrow(() -> new ApiException(
                        503, "Not yet", "The server does not know yet where devices reach it; try again in a moment."));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "deleteFirmware", summary = "Delete an image; devices that run it are not touched")
    void delete(@PathVariable long id, Principal user) {
        StoredImage image = known(id);
        List<String> using = campaigns.jobs().open().stream()
                .filter(job -> job.plan().work() instanceof JobWork.Upgrade(long used, String _) && used == id)
                .map(job -> Long.toString(job.id()))
                .toList();
        if (!using.isEmpty()) {
            throw new ApiException(
                    409,
                    "In use",
                    "Jobs bring it to devices now: " + String.join(", ", using) + "; cancel them first.");
        }
        List<Long> planned = campaigns.store().with(id);
        if (!planned.isEmpty()) {
            throw new ApiException(
                    409,
                    "In use",
                    "Campaigns bring it to devices: "
                            + planned.stream().map(String::valueOf).collect(Collectors.joining(", "))
                            + "; stop them first.");
        }
        audit.record(user, "delete firmware", image.name() + " " + image.version(), image.fileName());
        repository.remove(image);
    }

    private StoredImage known(long id) {
        return repository
                .find(id)
                .orElseThrow(() -> new ApiException(404, "Unknown image", "There is no firmware image " + id + "."));
    }
}
