// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.controller.campaign.CampaignRunner;
import dev.pharos.datamodel.software.UnitUuid;
import dev.pharos.server.firmware.ImageAudience;
import dev.pharos.server.modules.ModuleCatalogue;
import dev.pharos.server.rest.json.BadRequestException;
import dev.pharos.server.rest.json.FirmwareLink;
import dev.pharos.server.rest.json.ModuleList;
import dev.pharos.server.rest.json.ModuleView;
import dev.pharos.server.rights.Needs;
import dev.pharos.server.rights.Reach;
import dev.pharos.server.rights.Reaches;
import dev.pharos.server.rights.Right;
import dev.pharos.server.store.FirmwareStore.StoredImage;
import dev.pharos.server.store.ModuleStore.StoredModule;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.security.Principal;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
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

/// The catalogue of software modules, see docs/software-modules.md.
@RestController
@RequestMapping("/api/v1/modules")
@Tag(name = "modules")
@Needs(Right.FLEET)
public final class ModuleController {
    /// Where modules are uploaded: bodies that are taken as they come.
    static final String PATH = "/api/v1/modules";

    private static final Pattern VENDOR = Pattern.compile("(?=.{1,128}$)[A-Za-z0-9-]+(?:[.][A-Za-z0-9-]+)*");
    private static final Pattern VERSION = Pattern.compile("[0-9A-Za-z][0-9A-Za-z.+~_-]{0,31}");

    private final ModuleCatalogue catalogue;
    private final CampaignRunner campaigns;
    private final ImageIntake intake;
    private final ImageAudience audience;
    private final Audit audit;

    public ModuleController(
            ModuleCatalogue catalogue,
            CampaignRunner campaigns,
            ImageIntake intake,
            ImageAudience audience,
            Audit audit) {
        this.catalogue = catalogue;
        this.campaigns = campaigns;
        this.intake = intake;
        this.audience = audience;
        this.audit = audit;
    }

    /// @param device where given, only the modules that are meant for it
    @Reaches(Reach.SEEN)
    @GetMapping
    @Needs(Right.LOOK)
    @Operation(
            operationId = "listModules",
            summary = "Software modules of the catalogue, the newest first; all, or those for a device")
    ModuleList list(@RequestParam(required = false) @Nullable EndpointId device) {
        return new ModuleList(catalogue.all().stream()
                .filter(module -> device == null || audience.includes(module.image(), device))
                .map(ModuleView::of)
                .toList());
    }

    @Reaches(Reach.NONE)
    @GetMapping("/{id}")
    @Needs(Right.LOOK)
    @Operation(operationId = "getModule", summary = "One software module of the catalogue")
    ModuleView get(@PathVariable long id) {
        return ModuleView.of(known(id));
    }

    /// @param name as the archive says it of itself, and so the next two
    /// @param vendor a domain name
    /// @param uuid that of name and vendor where it is left out (TR-181, annex on UUIDs)
    /// @param fileName as devices are to see it
    /// @param devices a query for those that it is meant for; empty for all
    /// @param sha256 of the archive, which is compared where it is given
    /// @param signature base64: of the archive by one of those whose certificates the server has
    /// @param environment the type or the name of the execution environment that it needs
    /// @param architectures of which a device must have one, separated by commas
    /// @param memory KiB that must be free
    /// @param disk KiB that must be free
    /// @param requires other modules, separated by commas: `NAME@VENDOR` or `NAME@VENDOR>=VERSION`
    @PostMapping(consumes = "application/octet-stream")
    @Operation(
            operationId = "uploadModule",
            summary = "Upload a software module, the bytes of which are the body; the same one again is the one that is"
                    + " there",
            requestBody =
                    @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = "application/octet-stream",
                                            schema = @Schema(type = "string", format = "binary"))))
    ModuleView upload(
            @RequestParam String name,
            @RequestParam String vendor,
            @RequestParam String version,
            @RequestParam(defaultValue = "") String uuid,
            @RequestParam(defaultValue = "") String fileName,
            @RequestParam(defaultValue = "") String devices,
            @RequestParam(defaultValue = "") String note,
            @RequestParam(defaultValue = "") String sha256,
            @RequestParam(defaultValue = "") String signature,
            @RequestParam(defaultValue = "") String environment,
            @RequestParam(defaultValue = "") String architectures,
            @RequestParam(defaultValue = "0") long memory,
            @RequestParam(defaultValue = "0") long disk,
            @RequestParam(defaultValue = "") String requires,
            HttpServletRequest request,
            Principal user)
            throws IOException {
        var label = new ImageIntake.Label(name, version, fileName, devices, note, sha256);
        intake.check(label);
        check(vendor, version, uuid);
        var needs = ModuleNeeds.read(environment, architectures, memory, disk, requires);
        Optional<Bytes> signed = ModuleNeeds.signature(signature);
        return ModuleView.of(intake.take(request, label, user, image -> {
            String signer = signer(image, signed);
            intake.note(
                    "upload module",
                    image,
                    name + " " + version + " of " + vendor + (signer.isEmpty() ? "" : ", signed by " + signer));
            StoredModule module = new StoredModule(
                    image,
                    vendor,
                    uuid.isEmpty() ? UnitUuid.of(name, vendor).toString() : uuid.toLowerCase(Locale.ROOT),
                    signer,
                    signed,
                    needs);
            return catalogue
                    .add(module)
                    .orElseGet(() -> ImageIntake.same(
                            "module",
                            module.called() + " of " + vendor,
                            image,
                            catalogue.store().find(vendor, name, version),
                            StoredModule::image));
        }));
    }

    private static void check(String vendor, String version, String uuid) {
        if (!VENDOR.matcher(vendor).matches()) {
            throw new BadRequestException("vendor", "must be a domain name of up to 128 characters");
        }
        if (!VERSION.matcher(version).matches()) {
            throw new BadRequestException(
                    "version", "must have 1 to 32 letters, digits and . + ~ _ -, a letter or digit first");
        }
        if (!uuid.isEmpty() && !UnitUuid.isOne(uuid)) {
            throw new BadRequestException("uuid", "must be a UUID of version 5 (RFC 4122)");
        }
    }

    /// @return who has signed it; empty where nobody has, and nobody must
    private String signer(StoredImage image, Optional<Bytes> signature) throws IOException {
        if (signature.isEmpty()) {
            if (catalogue.signers().any()) {
                throw new ApiException(
                        422,
                        "Not signed",
                        "Modules are signed here, by one of those whose certificates the server has: give"
                                + " \"signature\".");
            }
            return "";
        }
        if (!catalogue.signers().any()) {
            throw new ApiException(
                    422,
                    "Whose signature it is cannot be found out",
                    "The server was given no certificates of those who sign modules (--module-signers).");
        }
        try (InputStream file =
                Channels.newInputStream(catalogue.repository().files().open(image.file()))) {
            return catalogue
                    .signers()
                    .signer(file, signature.get())
                    .orElseThrow(() -> new ApiException(
                            422,
                            "Not a signature that counts",
                            "It is none of this archive by anybody whose certificate the server has."));
        }
    }

    /// @param hours for how long it is good
    @PostMapping("/{id}/link")
    @Operation(operationId = "linkModule", summary = "A link by which a device fetches the module without any login")
    FirmwareLink link(@PathVariable long id, @RequestParam(defaultValue = "24") int hours, Principal user) {
        StoredModule module = known(id);
        return new RepositoryLink(catalogue.links())
                .to(
                        module.image(),
                        hours,
                        () -> audit.record(user, "link module", module.called(), "for " + hours + " hours"));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "deleteModule", summary = "Delete a module; devices that have it are not touched")
    void delete(@PathVariable long id, Principal user) {
        StoredModule module = known(id);
        new RepositoryUse(campaigns).mustBeNone(id);
        audit.record(user, "delete module", module.called(), module.image().fileName());
        catalogue.remove(module);
    }

    private StoredModule known(long id) {
        return catalogue
                .find(id)
                .orElseThrow(() -> new ApiException(404, "Unknown module", "There is no software module " + id + "."));
    }
}
