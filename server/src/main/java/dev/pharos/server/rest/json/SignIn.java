// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import dev.pharos.server.store.TenantStore;
import org.jspecify.annotations.Nullable;

/// For a session: either a token, or a person's name and password.
///
/// @param tenant whose people the person belongs to; left out for `main`
public record SignIn(
        @Nullable String token,
        @Nullable String user,
        @Nullable String password,
        @Nullable String tenant) {

    /// What was shown.
    public sealed interface Shown {}

    public record ByToken(String secret) implements Shown {
        @Override
        public String toString() {
            return "ByToken[masked]";
        }
    }

    public record ByPassword(String tenant, String user, String password) implements Shown {
        @Override
        public String toString() {
            return "ByPassword[" + user + "]";
        }
    }

    public Shown checked() {
        if (token != null && (user != null || password != null)) {
            throw new BadRequestException("token", "must stand alone: sign in with it, or with user and password");
        }
        return user == null && password == null
                ? new ByToken(Fields.text("token", token).strip())
                : new ByPassword(
                        tenant == null ? TenantStore.FIRST : tenant.strip(),
                        Fields.text("user", user).strip(),
                        Fields.text("password", password));
    }

    @Override
    public String toString() {
        return "SignIn[masked]";
    }
}
