// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.controller.job.Pace;
import dev.pharos.controller.profile.Profile;
import dev.pharos.controller.profile.ProfilePlan;
import dev.pharos.server.profile.ProfileDesk;
import dev.pharos.server.profile.ProfileDesk.Made;
import dev.pharos.server.profile.ProfileFile;
import dev.pharos.server.profile.ProfileRefusedException;
import dev.pharos.server.rest.json.BadRequestException;
import dev.pharos.server.rest.json.UndoBody;
import dev.pharos.server.yaml.YamlException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What requests about profiles say, read; and what profiles refuse, as answers.
final class ProfileRequests {
    private ProfileRequests() {}

    static String text(HttpServletRequest request) throws IOException {
        byte[] body = request.getInputStream().readAllBytes();
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException otherwise) {
            throw new ApiException(400, "No profile", "The text is not in UTF-8.");
        }
    }

    static List<Profile> profiles(String text) {
        try {
            return ProfileFile.read(text).stream()
                    .map(ProfileFile.Written::profile)
                    .toList();
        } catch (YamlException wrong) {
            throw new ApiException(400, "No profile", "Line " + wrong.line() + ": " + wrong.reason() + ".");
        }
    }

    static Pace pace(@Nullable Integer perMinute, @Nullable Integer concurrency) {
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

    static Made undo(ProfileDesk desk, UndoBody wanted, Pace pace, String by) {
        String profile = wanted.profile();
        Long job = wanted.job();
        return refusing(
                () -> profile != null ? desk.undo(profile, pace, by) : desk.undo(job == null ? 0 : job, pace, by));
    }

    /// `profile NAME` or `job 7`.
    static String undone(UndoBody wanted) {
        return wanted.profile() == null ? "job " + wanted.job() : "profile " + wanted.profile();
    }

    /// What would be done on how many devices, the most first.
    static List<String> steps(ProfilePlan plan) {
        return plan.groups().stream()
                .limit(Limits.APPROVAL_LINES)
                .map(group -> String.format(
                        Locale.ROOT,
                        "%s = %s on %,d devices (%s)",
                        group.place(),
                        group.wanted(),
                        group.devices(),
                        group.profile()))
                .toList();
    }

    /// Something that profiles may refuse.
    @FunctionalInterface
    interface Refusable<T> {
        T get() throws ProfileRefusedException;
    }

    static <T> T refusing(Refusable<T> work) {
        try {
            return work.get();
        } catch (ProfileRefusedException refused) {
            throw new ApiException(refused.status(), "Not done", refused.reason());
        }
    }
}
