// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.server.Rest.Answer;

/// Whoever looks after a tenant that was just made, as they come to it: with a password that they must change.
///
/// @param page with a session of theirs
/// @param token with a token that they made
record TenantAdministrator(String tenant, String name, Rest page, Rest token) {
    static final String PASSWORD = "three zebras cross";

    /// @param main of an administrator of the first tenant
    static TenantAdministrator make(Rest main, String tenant, String name) {
        Answer made = main.post("/api/v1/tenants", "{\"name\":\"" + tenant + "\",\"administrator\":\"" + name + "\"}");
        assertThat(made.status()).as(made.response().body()).isEqualTo(201);
        String first = made.json().get("password").stringValue();
        Rest nobody = main.without("Authorization");
        Answer changed = session(nobody, tenant, name, first)
                .send("PUT", "/api/v1/session/password", "{\"old\":\"" + first + "\",\"chosen\":\"" + PASSWORD + "\"}");
        assertThat(changed.status()).as(changed.response().body()).isEqualTo(204);
        Rest page = session(nobody, tenant, name, PASSWORD);
        Answer token = page.post("/api/v1/tokens", "{\"name\":\"" + name + "-token\",\"role\":\"admin\"}");
        assertThat(token.status()).as(token.response().body()).isEqualTo(200);
        String secret = token.json().get("token").stringValue();
        return new TenantAdministrator(tenant, name, page, nobody.with("Authorization", "Bearer " + secret));
    }

    static Answer signIn(Rest nobody, String tenant, String name, String password) {
        return nobody.post(
                "/api/v1/session",
                "{\"tenant\":\"" + tenant + "\",\"user\":\"" + name + "\",\"password\":\"" + password + "\"}");
    }

    private static Rest session(Rest nobody, String tenant, String name, String password) {
        Answer answer = signIn(nobody, tenant, name, password);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        return nobody.with("Cookie", answer.header("Set-Cookie").split(";")[0])
                .with("X-CSRF-Token", answer.json().get("csrf").stringValue());
    }
}
