// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.server.auth.Sessions;
import dev.pharos.server.auth.TokenRegistry;
import dev.pharos.server.auth.TokenRegistry.Made;
import dev.pharos.server.auth.Users;
import dev.pharos.server.rest.json.Token;
import dev.pharos.server.rest.json.TokenRequest;
import dev.pharos.server.rest.json.Tokens;
import dev.pharos.server.rights.Needs;
import dev.pharos.server.rights.Right;
import dev.pharos.server.rights.Role;
import dev.pharos.server.rights.Scope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.security.Principal;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Tokens: what programs sign in with. See docs/people.md.
@RestController
@RequestMapping("/api/v1/tokens")
@Tag(name = "administration")
@Needs(Right.PEOPLE)
public final class TokenController {
    private final TokenRegistry tokens;
    private final Users users;
    private final Sessions sessions;
    private final DeviceQueries queries;
    private final Audit audit;
    private final Clock clock;

    public TokenController(
            TokenRegistry tokens, Users users, Sessions sessions, DeviceQueries queries, Audit audit, Clock clock) {
        this.tokens = tokens;
        this.users = users;
        this.sessions = sessions;
        this.queries = queries;
        this.audit = audit;
        this.clock = clock;
    }

    @GetMapping
    @Operation(operationId = "listTokens", summary = "All tokens, without their secrets")
    Tokens list() {
        return new Tokens(tokens.all().stream().map(Token::of).toList());
    }

    @PostMapping
    @Operation(operationId = "makeToken", summary = "Make a token; its secret is shown once, here")
    Token make(@RequestBody TokenRequest request, Principal user) {
        String name = request.checkedName();
        Role role = request.checkedRole();
        Optional<Scope> scope = queries.checkedScope(role, request.wantedScope(), request.wantedChanges());
        Optional<Instant> expires = request.expiry(clock.instant());
        if (users.find(name).isPresent()) {
            throw new ApiException(
                    409, "Name taken", "A person is called " + name + "; the audit log could not tell them apart.");
        }
        audit.record(
                user,
                "make token",
                "",
                name + ", " + role.text() + Scope.words(scope)
                        + expires.map(end -> ", until " + end).orElse(""));
        Made made = tokens.make(name, role, scope, expires, user.getName());
        return Token.of(made.token(), made.secret());
    }

    @DeleteMapping("/{tokenId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "removeToken", summary = "Remove a token and end the sessions opened with it")
    void remove(@PathVariable String tokenId, Principal user) {
        if (!tokens.exists(tokenId)) {
            throw new ApiException(404, "Unknown token", "There is no token " + tokenId + ".");
        }
        audit.record(user, "remove token", "", tokenId);
        tokens.remove(tokenId);
        sessions.closeOf(tokenId);
    }
}
