// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.controller.UspController;
import dev.pharos.controller.peer.CallException;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.server.files.DeviceFiles;
import dev.pharos.server.files.DeviceFiles.NotNowException;
import dev.pharos.server.files.DeviceFiles.Put;
import dev.pharos.server.files.DeviceFiles.Wish;
import dev.pharos.server.files.Limits;
import dev.pharos.server.rest.json.BadRequestException;
import dev.pharos.server.rest.json.DeviceFile;
import dev.pharos.server.rest.json.DeviceFileBody;
import dev.pharos.server.rest.json.DeviceFileList;
import dev.pharos.server.rest.json.DeviceFileRequest;
import dev.pharos.server.rights.Needs;
import dev.pharos.server.rights.Reach;
import dev.pharos.server.rights.Reaches;
import dev.pharos.server.rights.Right;
import dev.pharos.server.store.DeviceFileStore.StoredFile;
import dev.pharos.server.store.FileAction;
import dev.pharos.server.store.FileKind;
import dev.pharos.server.store.FileRequestStore.FileRequest;
import dev.pharos.usp.EndpointId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Files of one device, see docs/files.md. What is in a configuration is for those who manage the fleet alone, since it
/// holds the secrets of the device, and so is what is in a capture, which holds what people said over it.
@RestController
@RequestMapping("/api/v1/devices/{id}/files")
@Tag(name = "files")
@Needs(Right.CHANGE)
@Reaches(Reach.DEVICE)
public final class DeviceFileController {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}");

    private final UspController controller;
    private final DeviceFiles files;
    private final Audit audit;

    public DeviceFileController(UspController controller, DeviceFiles files, Audit audit) {
        this.controller = controller;
        this.files = files;
        this.audit = audit;
    }

    @Needs(Right.LOOK)
    @GetMapping
    @Operation(operationId = "listDeviceFiles", summary = "Files of a device, what it was asked for, and what it has")
    DeviceFileList list(@PathVariable EndpointId id) {
        DeviceRecord _ = known(id);
        return new DeviceFileList(
                files.store().of(id).stream().map(DeviceFile::of).toList(),
                files.requests(id).stream().map(this::shown).toList(),
                FileOffers.of(controller.stores().twins(), id, files.isOverTr069(id)));
    }

    @PostMapping("/requests")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            operationId = "askForDeviceFile",
            summary = "Have a device give a file away, or take a configuration back; it does so later")
    DeviceFileRequest ask(@PathVariable EndpointId id, @RequestBody DeviceFileBody body, Principal user)
            throws CallException {
        DeviceRecord device = known(id);
        FileAction action = body.toAction();
        Wish wish = new Wish(
                action, body.toNumber(), body.toType(action), file(id, action, Optional.ofNullable(body.file())));
        Delicate.check(List.of(action.command(wish.number())));
        if (!device.onboarded() && !files.isOverTr069(id)) {
            throw new ApiException(
                    409, "Not onboarded", "The device is not onboarded yet, and would not tell us how it ends.");
        }
        if (action.isByType() && !files.isOverTr069(id)) {
            throw new ApiException(
                    409, "Not over TR-069", "Files of kinds that have names of their own go over TR-069 alone.");
        }
        audit.record(
                user,
                action.text() + (action == FileAction.RESTORE ? " configuration" : " file"),
                id.toString(),
                (action.isByType() ? wish.type() : action.command(wish.number()))
                        + wish.file().map(file -> " with file " + file.id()).orElse(""));
        try {
            return shown(files.begin(id, wish, user.getName()));
        } catch (NotNowException busy) {
            throw new ApiException(429, "Not now", "Try again in a moment: " + busy.getMessage() + ".");
        }
    }

    private DeviceFileRequest shown(FileRequest request) {
        return DeviceFileRequest.of(request, files.awaitedSession(request));
    }

    private Optional<StoredFile> file(EndpointId device, FileAction action, Optional<Long> file) {
        if (action.isUpload()) {
            if (file.isPresent()) {
                throw new BadRequestException("file", "is for restore and send alone");
            }
            return Optional.empty();
        }
        StoredFile found = known(
                device, file.orElseThrow(() -> new BadRequestException("file", "says what the device is to take")));
        if (found.kind() != action.kind()) {
            throw new BadRequestException(
                    "file",
                    action == FileAction.RESTORE
                            ? "must be a configuration"
                            : "must be kept as another kind than a configuration: kind=other");
        }
        return Optional.of(found);
    }

    @Needs(Right.LOOK)
    @GetMapping("/requests/{request}")
    @Operation(operationId = "getDeviceFileRequest", summary = "How it stands with a file that a device was asked for")
    DeviceFileRequest request(@PathVariable EndpointId id, @PathVariable long request) {
        DeviceRecord _ = known(id);
        FileRequest found = files.request(request)
                .filter(one -> one.device().equals(id))
                .orElseThrow(() -> new ApiException(
                        404, "Unknown request", id + " was not asked for a file by a request " + request + "."));
        return shown(found);
    }

    /// @param name as it is to be called here
    /// @param kind `config`, or `other` for what is sent by a type of its own
    @Needs(Right.FLEET)
    @PostMapping
    @Operation(
            operationId = "putDeviceFile",
            summary = "Keep a file for the device, the bytes of which are the body, so that it can be restored or sent",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = "application/octet-stream",
                                            schema = @Schema(type = "string", format = "binary"))))
    DeviceFile put(
            @PathVariable EndpointId id,
            @RequestParam String name,
            @Schema(allowableValues = {"config", "other"}) @RequestParam(defaultValue = "config") String kind,
            HttpServletRequest request,
            Principal user)
            throws IOException {
        DeviceRecord _ = known(id);
        FileKind known = Stream.of(FileKind.CONFIG, FileKind.OTHER)
                .filter(each -> each.text().equals(kind))
                .findFirst()
                .orElseThrow(() -> new BadRequestException("kind", "must be config or other"));
        if (!NAME.matcher(name).matches()) {
            throw new BadRequestException("name", "must have 1 to 64 letters, digits and . _ -, no . first");
        }
        audit.record(user, "put file", id.toString(), name);
        StoredFile kept = Intake.of(
                        Limits.of(known),
                        () -> files.put(
                                new Put(id, known, name, user.getName()),
                                request.getInputStream(),
                                request.getContentLengthLong()))
                .orElseThrow(() -> ApiException.unknownDevice(id.toString()));
        return DeviceFile.of(kept);
    }

    @GetMapping("/{file}")
    @Operation(
            operationId = "readDeviceFile",
            summary = "What is in a file; in a configuration or capture for those who manage the fleet alone",
            responses =
                    @ApiResponse(
                            responseCode = "200",
                            description = "OK",
                            content =
                                    @Content(
                                            mediaType = "application/octet-stream",
                                            schema = @Schema(type = "string", format = "binary"))))
    void read(@PathVariable EndpointId id, @PathVariable long file, Principal user, HttpServletResponse response)
            throws IOException {
        StoredFile found = allowed(id, file);
        audit.record(user, "read file", id.toString(), words(found));
        FileParts.write(files.store(), found, response);
    }

    @DeleteMapping("/{file}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "deleteDeviceFile", summary = "Delete a file here; the device is not touched")
    void delete(@PathVariable EndpointId id, @PathVariable long file, Principal user) {
        StoredFile found = allowed(id, file);
        audit.record(user, "delete file", id.toString(), words(found));
        boolean _ = files.store().remove(found.id());
    }

    private static String words(StoredFile file) {
        return file.kind().text() + " " + file.id() + " " + file.name();
    }

    /// Whoever may not ask the device for it may not have it from here either.
    private StoredFile allowed(EndpointId id, long file) {
        StoredFile found = known(id, file);
        FileAction source = switch (found.kind()) {
            case CONFIG -> FileAction.BACKUP;
            case LOG -> FileAction.LOG;
            case CAPTURE -> FileAction.CAPTURE;
            case OTHER -> FileAction.FETCH;
        };
        Delicate.check(List.of(source.command(1)));
        return found;
    }

    private DeviceRecord known(EndpointId id) {
        return controller.device(id).orElseThrow(() -> ApiException.unknownDevice(id.toString()));
    }

    private StoredFile known(EndpointId id, long file) {
        DeviceRecord _ = known(id);
        return files.store()
                .find(id, file)
                .orElseThrow(
                        () -> new ApiException(404, "Unknown file", "No file " + file + " of " + id + " is here."));
    }
}
