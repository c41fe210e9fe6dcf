// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.controller.job.Pace;
import dev.pharos.controller.profile.Profile;
import dev.pharos.server.profile.ProfileDesk;
import dev.pharos.server.profile.ProfileDesk.Made;
import dev.pharos.server.profile.ProfileDesk.StoredVersion;
import dev.pharos.server.profile.ProfileFile;
import dev.pharos.server.profile.ProfileRefusedException;
import dev.pharos.server.rest.json.BadRequestException;
import dev.pharos.server.rest.json.ProfileBody;
import dev.pharos.server.rest.json.ProfileList;
import dev.pharos.server.rest.json.ProfilePlanView;
import dev.pharos.server.rest.json.ProfileView;
import dev.pharos.server.rest.json.ProfilesApplied;
import dev.pharos.server.rest.json.UndoBody;
import dev.pharos.server.rights.Needs;
import dev.pharos.server.rights.Reach;
import dev.pharos.server.rights.Reaches;
import dev.pharos.server.rights.Right;
import dev.pharos.server.yaml.YamlException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Profiles: what must hold on which devices, see docs/profiles.md. They come as JSON or YAML, which is read the same.
@RestController
@RequestMapping("/api/v1/profiles")
@Tag(name = "profiles")
@Needs(Right.FLEET)
public final class ProfileController {
    private static final String YAML = "application/yaml";
    private static final String JSON = "application/json";

    private final ProfileDesk desk;
    private final Audit audit;

    public ProfileController(ProfileDesk desk, Audit audit) {
        this.desk = desk;
        this.audit = audit;
    }

    @Needs(Right.LOOK)
    @Reaches(Reach.NONE)
    @GetMapping
    @Operation(operationId = "listProfiles", summary = "The profiles that hold, by name")
    ProfileList list() {
        return new ProfileList(desk.current().stream().map(ProfileView::of).toList());
    }

    @Needs(Right.LOOK)
    @Reaches(Reach.NONE)
    @GetMapping("/{name}")
    @Operation(operationId = "getProfile", summary = "A profile that holds")
    ProfileView get(@PathVariable String name) {
        return desk.current().stream()
                .filter(version -> version.kept().name().equals(name))
                .findFirst()
                .map(ProfileView::of)
                .orElseThrow(() -> unknown(name));
    }

    @Needs(Right.LOOK)
    @Reaches(Reach.NONE)
    @GetMapping("/{name}/versions")
    @Operation(operationId = "listProfileVersions", summary = "What a profile was, the newest first")
    ProfileList versions(@PathVariable String name) {
        List<StoredVersion> versions = desk.versions(name);
        if (versions.isEmpty()) {
            throw unknown(name);
        }
        return new ProfileList(versions.stream().map(ProfileView::of).toList());
    }

    @Reaches(Reach.SEEN)
    @PostMapping(
            path = "/plan",
            consumes = {JSON, YAML})
    @Operation(
            operationId = "planProfiles",
            summary = "What profiles would change; asks no device and does nothing",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(schema = @Schema(anyOf = {ProfileBody.class, ProfileBody.Several.class}))))
    ProfilePlanView plan(HttpServletRequest request) throws IOException {
        List<Profile> profiles = profiles(request);
        return refusing(() -> ProfilePlanView.of(desk.plan(profiles)));
    }

    /// @param perMinute devices that begin within any minute, at most; no bound where it is left out
    /// @param concurrency devices at work at once
    @PostMapping(
            path = "/apply",
            consumes = {JSON, YAML})
    @Operation(
            operationId = "applyProfiles",
            summary = "Have profiles hold from now on, with a job for each that brings devices to it",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(schema = @Schema(anyOf = {ProfileBody.class, ProfileBody.Several.class}))))
    ProfilesApplied apply(
            HttpServletRequest request,
            @RequestParam(required = false) @Nullable Integer perMinute,
            @RequestParam(required = false) @Nullable Integer concurrency,
            Principal user)
            throws IOException {
        List<Profile> profiles = profiles(request);
        Pace pace = pace(perMinute, concurrency);
        audit.record(user, "apply profiles", names(profiles), queries(profiles));
        return ProfilesApplied.of(refusing(() -> desk.apply(profiles, pace, user.getName())));
    }

    @PutMapping(
            path = "/{name}",
            consumes = {JSON, YAML})
    @Operation(
            operationId = "saveProfile",
            summary = "Have one profile hold from now on, as applyProfiles does",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content = @Content(schema = @Schema(implementation = ProfileBody.class))))
    ProfilesApplied put(@PathVariable String name, HttpServletRequest request, Principal user) throws IOException {
        List<Profile> profiles = profiles(request);
        if (profiles.size() != 1 || !profiles.getFirst().name().equals(name)) {
            throw new BadRequestException("name", "must be that of the address, " + name + ", and of one profile");
        }
        audit.record(user, "apply profiles", name, queries(profiles));
        return ProfilesApplied.of(refusing(() -> desk.apply(profiles, pace(null, null), user.getName())));
    }

    @DeleteMapping("/{name}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "deleteProfile",
            summary = "A profile holds no more; what it wanted stays on the devices, and its versions are kept")
    void delete(@PathVariable String name, Principal user) {
        audit.record(user, "delete profile", name, "");
        if (!desk.remove(name, user.getName())) {
            throw unknown(name);
        }
    }

    @PostMapping("/undo")
    @Operation(
            operationId = "undoProfile",
            summary = "Take back what was done last with a profile: it and the devices are what they were before")
    ProfilesApplied undo(
            @RequestBody UndoBody body,
            @RequestParam(required = false) @Nullable Integer perMinute,
            @RequestParam(required = false) @Nullable Integer concurrency,
            Principal user) {
        UndoBody wanted = body.checked();
        Pace pace = pace(perMinute, concurrency);
        String profile = wanted.profile();
        Long job = wanted.job();
        audit.record(user, "undo profile", profile == null ? "" : profile, job == null ? "" : "job " + job);
        Made made = refusing(() -> profile != null
                ? desk.undo(profile, pace, user.getName())
                : desk.undo(job == null ? 0 : job, pace, user.getName()));
        return ProfilesApplied.of(List.of(made));
    }

    private static Pace pace(@Nullable Integer perMinute, @Nullable Integer concurrency) {
        int minute = within("perMinute", perMinute, 0, dev.pharos.controller.job.Limits.PER_MINUTE);
        return new Pace(
                within(
                        "concurrency",
                        concurrency,
                        dev.pharos.controller.job.Limits.DEFAULT_CONCURRENCY,
                        dev.pharos.controller.job.Limits.CONCURRENCY),
                minute);
    }

    private static int within(String field, @Nullable Integer value, int otherwise, int most) {
        if (value == null) {
            return otherwise;
        }
        if (value < 1 || value > most) {
            throw new BadRequestException(field, "must be 1 to " + most);
        }
        return value;
    }

    private static String names(List<Profile> profiles) {
        return profiles.stream().map(Profile::name).collect(Collectors.joining(", "));
    }

    private static String queries(List<Profile> profiles) {
        return profiles.stream()
                .map(profile -> profile.name() + " on " + (profile.query().isEmpty() ? "all devices" : profile.query()))
                .collect(Collectors.joining("; "));
    }

    private static List<Profile> profiles(HttpServletRequest request) throws IOException {
        byte[] body = request.getInputStream().readAllBytes();
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            return ProfileFile.read(text).stream()
                    .map(ProfileFile.Written::profile)
                    .toList();
        } catch (CharacterCodingException otherwise) {
            throw new ApiException(400, "No profile", "The text is not in UTF-8.");
        } catch (YamlException wrong) {
            throw new ApiException(400, "No profile", "Line " + wrong.line() + ": " + wrong.reason() + ".");
        }
    }

    /// Something that profiles may refuse.
    @FunctionalInterface
    private interface Refusable<T> {
        T get() throws ProfileRefusedException;
    }

    private static <T> T refusing(Refusable<T> work) {
        try {
            return work.get();
        } catch (ProfileRefusedException refused) {
            throw new ApiException(refused.status(), "Not done", refused.reason());
        }
    }

    private static ApiException unknown(String name) {
        return new ApiException(404, "Unknown profile", "There is no profile " + name + ".");
    }
}
