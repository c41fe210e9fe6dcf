// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.server.openid.OpenIdDoor;
import dev.pharos.server.openid.OpenIdSignIn;
import dev.pharos.server.rest.json.SignInProvider;
import dev.pharos.server.rest.json.SignInWays;
import dev.pharos.server.rights.Needs;
import dev.pharos.server.rights.Reach;
import dev.pharos.server.rights.Reaches;
import dev.pharos.server.rights.Right;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// What the page offers to whoever is not signed in yet.
@RestController
@Tag(name = "session")
@Needs(Right.SELF)
@Reaches(Reach.NONE)
public final class SignInWaysController {
    private final OpenIdDoor door;

    public SignInWaysController(OpenIdDoor door) {
        this.door = door;
    }

    @GetMapping(SignInTrouble.PATH)
    @Operation(operationId = "signInWays", summary = "How one may sign in beside by password and token")
    ResponseEntity<SignInWays> ways(HttpServletRequest request) {
        Optional<OpenIdSignIn> left = SignInTrouble.left(door, request)
                .filter(signIn -> signIn.signOut().isPresent());
        Optional<String> trouble = SignInTrouble.said(door, request);
        ResponseEntity.BodyBuilder answer = ResponseEntity.ok();
        if (trouble.isPresent()) {
            answer.header(HttpHeaders.SET_COOKIE, SignInTrouble.gone());
        }
        List<OpenIdSignIn> all = door.all();
        return answer.body(new SignInWays(
                all.isEmpty() ? null : all.getFirst().label(),
                all.stream()
                        .map(signIn -> new SignInProvider(signIn.id(), signIn.label(), signIn.path()))
                        .toList(),
                left.map(OpenIdSignIn::outPath).orElse(null),
                left.map(OpenIdSignIn::label).orElse(null),
                trouble.orElse(null)));
    }
}
