// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.controller.job.Pace;
import dev.pharos.controller.profile.Profile;
import dev.pharos.controller.profile.ProfilePlan;
import dev.pharos.server.profile.ProfileDesk;
import dev.pharos.server.profile.ProfileDesk.StoredVersion;
import dev.pharos.server.rate.Heavy;
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
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
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
    private final FourEyes fourEyes;
    private final Audit audit;

    public ProfileController(ProfileDesk desk, FourEyes fourEyes, Audit audit) {
        this.desk = desk;
        this.fourEyes = fourEyes;
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
    @Heavy
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
        List<Profile> profiles = ProfileRequests.profiles(ProfileRequests.text(request));
        return ProfileRequests.refusing(() -> ProfilePlanView.of(desk.plan(profiles)));
    }

    /// @param perMinute devices that begin within any minute, at most; no bound where it is left out
    /// @param concurrency devices at work at once
    @Heavy
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
        String text = ProfileRequests.text(request);
        List<Profile> profiles = ProfileRequests.profiles(text);
        Pace pace = ProfileRequests.pace(perMinute, concurrency);
        alone(profiles, new HeldWork.AppliedProfiles(text, perMinute, concurrency), user);
        audit.record(user, "apply profiles", names(profiles), queries(profiles));
        return ProfilesApplied.of(ProfileRequests.refusing(() -> desk.apply(profiles, pace, user.getName())));
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
        String text = ProfileRequests.text(request);
        List<Profile> profiles = ProfileRequests.profiles(text);
        if (profiles.size() != 1 || !profiles.getFirst().name().equals(name)) {
            throw new BadRequestException("name", "must be that of the address, " + name + ", and of one profile");
        }
        alone(profiles, new HeldWork.AppliedProfiles(text, null, null), user);
        audit.record(user, "apply profiles", name, queries(profiles));
        Pace pace = ProfileRequests.pace(null, null);
        return ProfilesApplied.of(ProfileRequests.refusing(() -> desk.apply(profiles, pace, user.getName())));
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

    @Heavy
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
        Pace pace = ProfileRequests.pace(perMinute, concurrency);
        long concerned = ProfileRequests.refusing(() -> desk.undoConcerns(wanted.profile(), wanted.job()));
        fourEyes.check(
                user,
                new FourEyes.Change(
                        new HeldWork.UndoneProfile(wanted, perMinute, concurrency),
                        "undo of " + ProfileRequests.undone(wanted),
                        concerned,
                        List.of("bring back what was before"),
                        List.of(),
                        false));
        audit.record(
                user,
                "undo profile",
                wanted.profile() == null ? "" : wanted.profile(),
                wanted.job() == null ? "" : "job " + wanted.job());
        return ProfilesApplied.of(List.of(ProfileRequests.undo(desk, wanted, pace, user.getName())));
    }

    /// What is refused anyway is refused now, and what needs nobody else is not planned twice.
    private void alone(List<Profile> profiles, HeldWork work, Principal user) {
        if (!fourEyes.applies()) {
            return;
        }
        ProfilePlan plan = ProfileRequests.refusing(() -> desk.plan(profiles));
        if (plan.contradictory()) {
            return;
        }
        fourEyes.check(
                user,
                new FourEyes.Change(
                        work,
                        (profiles.size() == 1 ? "the profile " : "the profiles ") + queries(profiles),
                        plan.counts().change() + plan.counts().unknown(),
                        ProfileRequests.steps(plan),
                        plan.groups().stream()
                                .flatMap(group -> group.examples().stream())
                                .map(ProfilePlan.Example::device)
                                .distinct()
                                .limit(Limits.APPROVAL_LINES)
                                .toList(),
                        false));
    }

    private static String names(List<Profile> profiles) {
        return profiles.stream().map(Profile::name).collect(Collectors.joining(", "));
    }

    private static String queries(List<Profile> profiles) {
        return profiles.stream()
                .map(profile -> profile.name() + " on " + (profile.query().isEmpty() ? "all devices" : profile.query()))
                .collect(Collectors.joining("; "));
    }

    private static ApiException unknown(String name) {
        return new ApiException(404, "Unknown profile", "There is no profile " + name + ".");
    }
}
