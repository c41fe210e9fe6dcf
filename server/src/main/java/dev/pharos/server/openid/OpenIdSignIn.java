// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.openid;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.oauth2.sdk.AuthorizationResponse;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.LogoutRequest;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import dev.pharos.mtp.tls.HttpsTrust;
import dev.pharos.mtp.tls.TlsSettings;
import dev.pharos.server.openid.Provider.Known;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// Signs people in by the provider: the authorization code flow of OpenID Connect Core 1.0 section 3.1, with PKCE (RFC
/// 7636), bound to one browser. Thread-safe.
public final class OpenIdSignIn implements AutoCloseable {
    public static final String PATH = "/signin/openid";
    static final String CALLBACK = "/callback";
    static final String OUT = "/out";

    private final OpenIdSettings settings;
    private final ProviderClient client;
    private final Provider provider;
    private final CodeExchange exchange;
    private final TicketOffice tickets;
    private final Semaphore turns = new Semaphore(Limits.AT_ONCE);
    private final Thread asking = Thread.ofVirtual().name("openid-discovery").unstarted(this::askUntilKnown);
    private volatile URI page;

    OpenIdSignIn(OpenIdSettings settings, ProviderClient client, Clock clock) {
        this.settings = settings;
        this.client = client;
        this.provider =
                new Provider(settings.issuer(), new ClientID(settings.client().id()), client, clock);
        this.exchange = new CodeExchange(settings, client);
        this.tickets = new TicketOffice(clock);
        this.page = settings.page().orElse(URI.create("http://localhost"));
    }

    /// The provider is asked about itself in the background until it answers once.
    ///
    /// @throws IOException naming a file that cannot be used
    public static OpenIdSignIn start(OpenIdSettings settings, Clock clock) throws IOException {
        TlsSettings trust = settings.trusted().map(TlsSettings::trusting).orElseGet(TlsSettings::trustingTheRuntime);
        OpenIdSignIn made =
                new OpenIdSignIn(settings, new ProviderClient(HttpsTrust.read(trust), Limits.ANSWER), clock);
        made.asking.start();
        return made;
    }

    private void askUntilKnown() {
        while (provider.metadata().isEmpty()) {
            try {
                provider.known();
            } catch (IOException logged) {
                try {
                    Thread.sleep(Limits.RETRY);
                } catch (InterruptedException stopped) {
                    return;
                }
            }
        }
    }

    /// Where browsers find the page, unless the operator has said so.
    public void servedAt(URI url) {
        page = settings.page().orElse(url);
    }

    public URI page() {
        return page;
    }

    public URI issuer() {
        return settings.issuer();
    }

    /// What tells it from other providers here; empty where it is the only one.
    public String id() {
        return settings.id();
    }

    /// Where in the page's address space a browser begins.
    public String path() {
        return settings.path();
    }

    /// Where in the page's address space a browser goes on to end its session at the provider.
    public String outPath() {
        return settings.path() + OUT;
    }

    /// Who may come.
    public OpenIdSettings.People people() {
        return settings.people();
    }

    /// Whether what people may do follows from what the provider says of them; else it is said here.
    public boolean saysRoles() {
        return settings.saysRoles();
    }

    /// What the page calls the provider.
    public String label() {
        return settings.label();
    }

    /// Why nobody can sign in so now; empty where they can.
    public Optional<String> trouble() {
        return provider.trouble();
    }

    /// How long a browser may take.
    public static Duration underWay() {
        return Limits.UNDER_WAY;
    }

    /// @param at where the browser goes on, at the provider
    /// @param cookie what it keeps meanwhile
    public record Begun(URI at, String cookie) {
        @Override
        public String toString() {
            return "Begun[masked]";
        }
    }

    /// @param back the address within the page that the person came from
    /// @throws SignInRefusedException where the provider cannot be asked
    public Begun begin(String back) throws SignInRefusedException {
        Known known = inTurn(this::known);
        Ticket ticket = tickets.give(back);
        Scope scopes = new Scope("openid");
        settings.client().scopes().forEach(scopes::add);
        AuthenticationRequest request = new AuthenticationRequest.Builder(
                        ResponseType.CODE,
                        scopes,
                        new ClientID(settings.client().id()),
                        callback())
                .endpointURI(known.metadata().getAuthorizationEndpointURI())
                .state(ticket.state())
                .nonce(ticket.nonce())
                .codeChallenge(ticket.verifier(), CodeChallengeMethod.S256)
                .build();
        return new Begun(request.toURI(), ticket.sealed());
    }

    private URI callback() {
        return page.resolve(settings.path() + CALLBACK);
    }

    /// Somebody whom the provider vouches for.
    ///
    /// @param subject what the provider calls them, for ever
    /// @param name what they are called
    /// @param proven whether the provider stands for the name: it does not for an address of e-mail that
    ///     it has not seen to be theirs
    /// @param grant what they may do; empty where they are not let in, or it is said here
    public record Arrived(String subject, String name, boolean proven, Optional<Grant> grant) {}

    /// Where a browser came from that has this cookie; `/` where that is not known.
    public String back(Optional<String> cookie) {
        return cookie.flatMap(tickets::find).map(Ticket::back).orElse("/");
    }

    /// The address within the page that this is; `/` where it is none.
    public String within(String back) {
        return TicketOffice.safe(back);
    }

    /// @param answer the parameters with which the browser came back
    /// @param cookie what it kept
    /// @throws SignInRefusedException where the answer is not proven to be the provider's, for us, to this browser
    public Arrived finish(Map<String, List<String>> answer, Optional<String> cookie) throws SignInRefusedException {
        Ticket ticket = cookie.flatMap(tickets::find)
                .orElseThrow(() -> notBegun("the browser did not begin it here, or too long ago"));
        AuthorizationResponse response;
        try {
            response = AuthorizationResponse.parse(callback(), answer);
        } catch (ParseException | IllegalArgumentException malformed) {
            throw notBegun("the browser came back with neither a code nor an error");
        }
        if (!ticket.state().equals(response.getState())) {
            throw notBegun("the browser came back with the state of another sign-in");
        }
        if (!tickets.end(ticket)) {
            throw notBegun("the browser came back twice with the same answer");
        }
        return inTurn(() -> finish(response, ticket));
    }

    private Arrived finish(AuthorizationResponse response, Ticket ticket) throws SignInRefusedException {
        Known known = known();
        requireIssuer(response, known.metadata());
        if (!response.indicatesSuccess()) {
            String code = CodeExchange.code(response.toErrorResponse().getErrorObject());
            throw SignInRefusedException.of(
                    settings.label() + " did not sign you in (" + code + ").", "the provider answered " + code);
        }
        try {
            return exchange.redeem(known, response.toSuccessResponse().getAuthorizationCode(), callback(), ticket);
        } catch (IOException unreachable) {
            throw unreachable(String.valueOf(unreachable.getMessage()));
        } catch (BadJOSEException | JOSEException lie) {
            throw CodeExchange.unbelievable(settings.label(), "the ID token is not good: " + lie.getMessage());
        }
    }

    /// RFC 9207: that an answer is this provider's, and not one that another passes on.
    private void requireIssuer(AuthorizationResponse response, OIDCProviderMetadata metadata)
            throws SignInRefusedException {
        boolean missing = response.getIssuer() == null;
        boolean wrong = missing
                ? metadata.supportsAuthorizationResponseIssuerParam()
                : !response.getIssuer().getValue().equals(settings.issuer().toString());
        if (wrong) {
            throw CodeExchange.unbelievable(
                    settings.label(),
                    missing
                            ? "the answer does not say who gave it, which the provider announces to do"
                            : "the answer is of another issuer, " + response.getIssuer());
        }
    }

    private Known known() throws SignInRefusedException {
        try {
            return provider.known();
        } catch (IOException unreachable) {
            throw unreachable(String.valueOf(unreachable.getMessage()));
        }
    }

    private SignInRefusedException unreachable(String reason) {
        return SignInRefusedException.of(
                settings.label()
                        + " cannot be asked now. Try again in a while; whoever has a password here can use it.",
                reason);
    }

    private static SignInRefusedException notBegun(String reason) {
        return SignInRefusedException.of(
                "This sign-in was begun in another window or too long ago, or is over. Begin again.", reason);
    }

    @FunctionalInterface
    private interface Step<T> {
        T take() throws SignInRefusedException;
    }

    private <T> T inTurn(Step<T> step) throws SignInRefusedException {
        if (!turns.tryAcquire()) {
            throw SignInRefusedException.of(
                    "Too many people sign in at " + settings.label() + " just now. Try again in a moment.",
                    "the provider owes " + Limits.AT_ONCE + " answers");
        }
        try {
            return step.take();
        } finally {
            turns.release();
        }
    }

    /// Where a browser ends its session at the provider; empty where the provider has no such place.
    public Optional<URI> signOut() {
        @Nullable
        URI end = provider.metadata()
                .map(OIDCProviderMetadata::getEndSessionEndpointURI)
                .orElse(null);
        return end == null
                ? Optional.empty()
                : Optional.of(new LogoutRequest(
                                end, null, null, new ClientID(settings.client().id()), page.resolve("/"), null, null)
                        .toURI());
    }

    /// A text for the browser that nobody else can have written.
    public String seal(String text) {
        return tickets.seal(text);
    }

    /// Empty where it is none of ours.
    public Optional<String> unseal(String sealed) {
        return tickets.unseal(sealed);
    }

    @Override
    public void close() {
        asking.interrupt();
        client.close();
    }
}
