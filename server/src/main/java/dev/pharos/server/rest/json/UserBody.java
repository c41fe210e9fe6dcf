// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import dev.pharos.server.rights.PathLimit;
import dev.pharos.server.rights.Role;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A person to be let in.
///
/// @param name 2 to 64 letters, digits, and `. _ @ + -` or spaces between them
/// @param role what they may do: `viewer`, `support`, `engineer`, `auditor` or `admin`
/// @param scope the query of the devices that they see; left out for all
/// @param changes the paths that they may change; left out for what the role may
/// @param provider the OpenID provider that they are to come through, by its id here or its issuer; left
///     out for who gets a password
/// @param subject what that provider calls them for ever; left out for whoever it calls by this name
public record UserBody(
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        String name,

        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        String role,

        @Nullable String scope,

        @Nullable List<@Nullable String> changes,
        @Nullable String provider,
        @Nullable String subject) {

    /// As OpenID Connect Core 1.0 section 2 has it.
    private static final int LONGEST_SUBJECT = 255;

    /// What people are called: no spaces at the ends, nothing that a terminal or a log would read otherwise.
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} ._@+-]{0,62}[\\p{L}\\p{N}]");

    public String checkedName() {
        String text = Fields.text("name", name).strip();
        if (!isName(text)) {
            throw new BadRequestException(
                    "name", "must have 2 to 64 letters or digits; spaces and . _ @ + - may stand between them");
        }
        return text;
    }

    /// Whether somebody may be called so.
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    public Role checkedRole() {
        return Fields.role(role);
    }

    /// Empty for all devices; whether it is a query is not looked at.
    public String wantedScope() {
        return scope == null ? "" : scope.strip();
    }

    public List<PathLimit> wantedChanges() {
        return Fields.pathLimits(changes);
    }

    /// Empty for who gets a password.
    public Optional<String> wantedProvider() {
        if (provider == null || provider.isBlank()) {
            if (subject != null) {
                throw new BadRequestException("subject", "needs \"provider\": it is what a provider calls them");
            }
            return Optional.empty();
        }
        return Optional.of(provider.strip());
    }

    /// Empty for whoever the provider calls by this name.
    public String wantedSubject() {
        if (subject == null) {
            return "";
        }
        if (subject.isEmpty() || subject.length() > LONGEST_SUBJECT) {
            throw new BadRequestException("subject", "must have 1 to " + LONGEST_SUBJECT + " characters");
        }
        return subject;
    }
}
