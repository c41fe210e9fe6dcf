// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.controller.campaign.CampaignRunner;
import dev.pharos.server.firmware.FirmwareLinks;
import dev.pharos.server.firmware.FirmwareRepository;
import dev.pharos.server.firmware.ImageAudience;
import dev.pharos.server.rest.json.Firmware;
import dev.pharos.server.rest.json.FirmwareLink;
import dev.pharos.server.rest.json.FirmwareList;
import dev.pharos.server.rights.Needs;
import dev.pharos.server.rights.Reach;
import dev.pharos.server.rights.Reaches;
import dev.pharos.server.rights.Right;
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
import java.util.function.Function;
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

    private final FirmwareRepository repository;
    private final FirmwareLinks links;
    private final CampaignRunner campaigns;
    private final ImageIntake intake;
    private final ImageAudience audience;
    private final Audit audit;

    public FirmwareController(
            FirmwareRepository repository,
            FirmwareLinks links,
            CampaignRunner campaigns,
            ImageIntake intake,
            ImageAudience audience,
            Audit audit) {
        this.campaigns = campaigns;
        this.repository = repository;
        this.links = links;
        this.intake = intake;
        this.audience = audience;
        this.audit = audit;
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
        var label = new ImageIntake.Label(name, version, fileName, devices, note, sha256);
        intake.check(label);
        return Firmware.of(intake.take(request, label, user, image -> {
            String called = name + " " + version;
            intake.note("upload firmware", image, called);
            return repository
                    .add(image)
                    .orElseGet(() -> ImageIntake.same(
                            "image", called, image, repository.find(name, version), Function.identity()));
        }));
    }

    /// @param hours for how long it is good
    @PostMapping("/{id}/link")
    @Operation(operationId = "linkFirmware", summary = "A link by which a device fetches the image without any login")
    FirmwareLink link(@PathVariable long id, @RequestParam(defaultValue = "24") int hours, Principal user) {
        StoredImage image = known(id);
        return new RepositoryLink(links)
                .to(
                        image,
                        hours,
                        () -> audit.record(
                                user,
                                "link firmware",
                                image.name() + " " + image.version(),
                                "for " + hours + " hours"));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "deleteFirmware", summary = "Delete an image; devices that run it are not touched")
    void delete(@PathVariable long id, Principal user) {
        StoredImage image = known(id);
        new RepositoryUse(campaigns).mustBeNone(id);
        audit.record(user, "delete firmware", image.name() + " " + image.version(), image.fileName());
        repository.remove(image);
    }

    private StoredImage known(long id) {
        return repository
                .find(id)
                .orElseThrow(() -> new ApiException(404, "Unknown image", "There is no firmware image " + id + "."));
    }
}
