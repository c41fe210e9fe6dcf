// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pharos.server.rights.Access;
import dev.pharos.server.rights.Right;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Who is signed in, what they may do, and what every request of the page that changes something must carry as
/// `X-CSRF-Token`.
///
/// @param scope the query of the devices that they see; left out for all
/// @param changes the paths that they may change; left out for what the role may
/// @param rights of `look`, `change`, `fleet`, `audit`, `people`, `systems` and `platform`
/// @param mustChangePassword whether nothing else is allowed before a password of one's own is chosen
/// @param byPassword whether they have a password, which they can change; a token has none
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Session(
        String user,
        String csrf,
        String role,
        @Nullable String scope,
        @Nullable List<String> changes,
        List<String> rights,
        boolean mustChangePassword,
        boolean byPassword) {

    public static Session of(String user, String csrf, Access access, boolean byPassword) {
        return new Session(
                user,
                csrf,
                access.role().text(),
                Fields.query(access.scope()),
                Fields.changes(access.scope()),
                Arrays.stream(Right.values())
                        .filter(right -> right != Right.SELF && access.may(right))
                        .map(right -> right.name().toLowerCase(Locale.ROOT))
                        .toList(),
                access.mustChange(),
                byPassword);
    }
}
