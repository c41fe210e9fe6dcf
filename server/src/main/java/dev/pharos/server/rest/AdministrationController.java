// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.server.auth.Sessions;
import dev.pharos.server.auth.TokenRegistry;
import dev.pharos.server.auth.TokenRegistry.Made;
import dev.pharos.server.rest.json.Token;
import dev.pharos.server.rest.json.TokenRequest;
import dev.pharos.server.rest.json.Tokens;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.security.Principal;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Tokens.
@RestController
@RequestMapping("/api/v1")
@Tag(name = "administration")
public final class AdministrationController {
    private final TokenRegistry tokens;
    private final Sessions sessions;
    private final Audit audit;

    public AdministrationController(TokenRegistry tokens, Sessions sessions, Audit audit) {
        this.tokens = tokens;
        this.sessions = sessions;
        this.audit = audit;
    }

    @GetMapping("/tokens")
    @Operation(operationId = "listTokens", summary = "All tokens, without their secrets")
    Tokens list() {
        return new Tokens(tokens.all().stream()
                .map(token -> new Token(token.id(), token.name(), token.created(), null))
                .toList());
    }

    @PostMapping("/tokens")
    @Operation(operationId = "makeToken", summary = "Make a token; its secret is shown once, here")
    Token make(@RequestBody TokenRequest request, Principal user) {
        String name = request.checkedName();
        audit.record(user, "make token", "", name);
        Made made = tokens.make(name, user.getName());
        return new Token(made.token().id(), name, made.token().created(), made.secret());
    }

    @DeleteMapping("/tokens/{tokenId}")
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
