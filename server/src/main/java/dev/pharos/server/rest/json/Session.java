// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pharos.server.rights.Access;
import dev.pharos.server.rights.Right;
import dev.pharos.server.rights.Scope;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Who is signed in, what they may do, and what every request of the page that changes something must carry as
/// `X-CSRF-Token`.
///
/// @param scope the query of the devices that they see; left out for all
/// @param rights of `look`, `change`, `fleet`, `audit` and `people`
/// @param mustChangePassword whether nothing else is allowed before a password of one's own is chosen
/// @param byPassword whether they signed in by name and password, which they can change
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Session(
        String user,
        String csrf,
        String role,
        @Nullable String scope,
        List<String> rights,
        boolean mustChangePassword,
        boolean byPassword) {

    public static Session of(String user, String csrf, Access access, boolean byPassword) {
        return new Session(
                user,
                csrf,
                access.role().text(),
                access.scope().map(Scope::query).orElse(null),
                Arrays.stream(Right.values())
                        .filter(right -> right != Right.SELF && access.may(right))
                        .map(right -> right.name().toLowerCase(Locale.ROOT))
                        .toList(),
                access.mustChange(),
                byPassword);
    }
}
