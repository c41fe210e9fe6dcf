// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.auth;

import dev.pharos.controller.query.Condition;
import dev.pharos.server.auth.Sessions.Session;
import dev.pharos.server.auth.TokenRegistry.Expired;
import dev.pharos.server.auth.TokenRegistry.Found;
import dev.pharos.server.auth.TokenRegistry.Unknown;
import dev.pharos.server.auth.TokenRegistry.Valid;
import dev.pharos.server.rights.Access;
import dev.pharos.server.rights.Scope;
import dev.pharos.server.store.Sight;
import dev.pharos.server.store.Tenant;
import dev.pharos.server.store.TokenStore.StoredToken;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/// Lets a request in by its bearer token or by the page's session. A request with neither goes on as nobody's; one
/// with a wrong token is refused at once, also where nobody would do.
public final class AuthenticationFilter extends OncePerRequestFilter {
    public static final String SESSION_COOKIE = "pharos_session";
    public static final String CSRF_HEADER = "X-CSRF-Token";
    public static final String SESSION_PATH = "/api/v1/session";
    public static final String PASSKEY_PATH = SESSION_PATH + "/passkey";

    /// What is posted there is by whoever is not signed in yet.
    public static final List<String> SIGN_IN_PATHS = List.of(SESSION_PATH, PASSKEY_PATH, PASSKEY_PATH + "/question");

    private static final String TENANT = AuthenticationFilter.class.getName() + ".tenant";
    private static final String BEARER = "Bearer ";
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private final TokenRegistry tokens;
    private final Users users;
    private final Tenants tenants;
    private final Sessions sessions;
    private final SignInGuard guard;
    private final RateGate gate;
    private final Problems problems;
    private final Function<Scope, Condition> devices;

    /// @param devices those of a scope, without groups
    public AuthenticationFilter(
            TokenRegistry tokens,
            Users users,
            Tenants tenants,
            Sessions sessions,
            SignInGuard guard,
            RateGate gate,
            Problems problems,
            Function<Scope, Condition> devices) {
        this.tokens = tokens;
        this.users = users;
        this.tenants = tenants;
        this.sessions = sessions;
        this.guard = guard;
        this.gate = gate;
        this.problems = problems;
        this.devices = devices;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = request.getRequestURI();
        return !path.startsWith("/api/") && !path.startsWith("/signin/") && !path.equals("/metrics");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        @Nullable String header = request.getHeader("Authorization");
        boolean admitted = header == null ? bySession(request, response) : byToken(header, request, response);
        if (admitted) {
            goOn(request, response, chain);
        }
    }

    /// Whoever asks goes on for their tenant, who is not signed in for the first one, and who has a scope within it:
    /// what is
    /// asked of the stores for them finds nothing else.
    private void goOn(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Tenant tenant = request.getAttribute(TENANT) instanceof Tenant own ? own : Tenant.MAIN;
        thrown(tenant.within(() -> failure(() -> {
            // who asks too often is told from others by their tenant too
            if (gate.letsPass(request, response)) {
                inSight(request, response, chain);
            }
        })));
    }

    private void inSight(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<Sight> sight = Access.current()
                .flatMap(Access::scope)
                .map(scope -> new Sight(devices.apply(scope), String.valueOf(request.getRemoteUser())));
        if (sight.isPresent()) {
            thrown(sight.get().within(() -> failure(() -> chain.doFilter(request, response))));
        } else {
            chain.doFilter(request, response);
        }
    }

    /// The rest of the work for a request.
    private interface Rest {
        void go() throws ServletException, IOException;
    }

    private static Optional<Exception> failure(Rest rest) {
        try {
            rest.go();
            return Optional.empty();
        } catch (ServletException | IOException failed) {
            return Optional.of(failed);
        }
    }

    private static void thrown(Optional<Exception> failure) throws ServletException, IOException {
        switch (failure.orElse(null)) {
            case ServletException failed -> throw failed;
            case IOException failed -> throw failed;
            case null, default -> {}
        }
    }

    private boolean byToken(String header, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        String address = request.getRemoteAddr();
        Optional<Duration> wait = guard.wait(address);
        if (wait.isPresent()) {
            problems.tooManyFailures(response, wait.get());
            return false;
        }
        Found found = header.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? tokens.find(header.substring(BEARER.length()).strip())
                : new Unknown();
        return switch (found) {
            case Valid(StoredToken token)
            when !tenants.letsIn(token.tenant()) -> {
                problems.unauthorized(response, "The tenant of this token is suspended.");
                yield false;
            }
            case Valid(StoredToken token) -> {
                guard.succeeded(address);
                admit(request, token.tenant(), token.name(), TokenRegistry.access(token));
                yield true;
            }
            case Expired(Instant when) -> {
                if (gate.letsUnknownPass(request, response)) {
                    problems.unauthorized(response, "The token expired at " + when + ".");
                }
                yield false;
            }
            case Unknown() -> {
                guard.failed(address);
                problems.unauthorized(response, "The token is not known here; it may have been removed.");
                yield false;
            }
        };
    }

    private boolean bySession(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<Session> session = session(request, sessions);
        if (session.isEmpty()) {
            return true;
        }
        Optional<Access> access = tenants.letsIn(session.get().tenant()) ? access(session.get()) : Optional.empty();
        if (access.isEmpty()) {
            // whoever opened it may do nothing any more
            sessions.close(session.get().id());
            return true;
        }
        boolean signsIn = request.getMethod().equals("POST") && SIGN_IN_PATHS.contains(request.getRequestURI());
        if (!READING.contains(request.getMethod()) && !signsIn) {
            @Nullable String csrf = request.getHeader(CSRF_HEADER);
            if (csrf == null || !Secret.same(csrf, session.get().csrf())) {
                problems.forbidden(
                        response,
                        "A request of the page that changes something must carry its " + CSRF_HEADER + " header.");
                return false;
            }
        }
        admit(request, session.get().tenant(), session.get().user(), access.get());
        return true;
    }

    private Optional<Access> access(Session session) {
        return session.tokenId().isEmpty()
                ? session.tenant().within(() -> users.access(session.user()))
                : tokens.byId(session.tokenId().get()) instanceof Valid(StoredToken token)
                        ? Optional.of(TokenRegistry.access(token))
                        : Optional.empty();
    }

    /// The session whose cookie this request carries.
    public static Optional<Session> session(HttpServletRequest request, Sessions sessions) {
        Cookie @Nullable [] cookies = request.getCookies();
        if (cookies == null) {
            return Optional.empty();
        }
        for (Cookie cookie : cookies) {
            if (cookie.getName().equals(SESSION_COOKIE)) {
                return sessions.find(cookie.getValue());
            }
        }
        return Optional.empty();
    }

    private static void admit(HttpServletRequest request, Tenant tenant, String user, Access access) {
        request.setAttribute(TENANT, tenant);
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        UsernamePasswordAuthenticationToken who =
                UsernamePasswordAuthenticationToken.authenticated(user, null, List.of());
        who.setDetails(access);
        context.setAuthentication(who);
        SecurityContextHolder.setContext(context);
    }
}
