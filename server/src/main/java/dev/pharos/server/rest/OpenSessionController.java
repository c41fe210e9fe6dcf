// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.server.auth.AuthenticationFilter;
import dev.pharos.server.auth.Sessions;
import dev.pharos.server.rest.json.OpenSessions;
import dev.pharos.server.rest.json.OpenSessions.OpenSession;
import dev.pharos.server.rights.Needs;
import dev.pharos.server.rights.Right;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Who is signed in to the page, to be seen and ended.
@RestController
@RequestMapping("/api/v1/sessions")
@Tag(name = "administration")
@Needs(Right.PEOPLE)
public final class OpenSessionController {
    private final Sessions sessions;
    private final Audit audit;

    public OpenSessionController(Sessions sessions, Audit audit) {
        this.sessions = sessions;
        this.audit = audit;
    }

    @GetMapping
    @Operation(operationId = "listSessions", summary = "The sessions of the page that are open on this server")
    OpenSessions list(HttpServletRequest request) {
        String own = AuthenticationFilter.session(request, sessions)
                .map(Sessions.Session::handle)
                .orElse("");
        return new OpenSessions(sessions.all().stream()
                .map(held -> new OpenSession(
                        held.session().handle(),
                        held.session().user(),
                        held.session().way().text(),
                        held.session().address(),
                        held.session().opened(),
                        held.used(),
                        held.session().handle().equals(own)))
                .toList()
                .reversed());
    }

    @DeleteMapping("/{session}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "endSession", summary = "End a session")
    void end(@PathVariable String session, Principal user) {
        audit.record(user, "end session", "", session);
        if (sessions.closeByHandle(session).isEmpty()) {
            throw new ApiException(404, "Unknown session", "There is no session " + session + ".");
        }
    }
}
