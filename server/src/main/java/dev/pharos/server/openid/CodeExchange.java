// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.openid;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jwt.JWT;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.UserInfoRequest;
import com.nimbusds.openid.connect.sdk.UserInfoResponse;
import com.nimbusds.openid.connect.sdk.claims.AuthorizedParty;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.claims.UserInfo;
import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import dev.pharos.server.openid.OpenIdSignIn.Arrived;
import dev.pharos.server.openid.Provider.Known;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Turns a code into what the provider says of a person. Its tokens are looked at and thrown away.
final class CodeExchange {
    private static final Pattern ERROR = Pattern.compile("[a-z_]{1,40}");

    private final OpenIdSettings settings;
    private final ProviderClient client;

    CodeExchange(OpenIdSettings settings, ProviderClient client) {
        this.settings = settings;
        this.client = client;
    }

    /// @throws IOException where the provider cannot be asked
    /// @throws BadJOSEException where its ID token is not good
    /// @throws JOSEException where that cannot be found out
    Arrived redeem(Known known, AuthorizationCode code, URI callback, Ticket ticket)
            throws SignInRefusedException, IOException, BadJOSEException, JOSEException {
        OIDCTokens tokens = tokens(known, new AuthorizationCodeGrant(code, callback, ticket.verifier()));
        @Nullable JWT token = tokens.getIDToken();
        if (token == null) {
            throw unbelievable(settings.label(), "its answer to the code has no ID token");
        }
        IDTokenClaimsSet proven = known.judge().validate(token, ticket.nonce());
        requireForUs(proven);
        String subject = proven.getSubject().getValue();
        if (subject.length() > Limits.SUBJECT_CHARACTERS) {
            throw unbelievable(settings.label(), "the subject is longer than one can be");
        }
        Map<String, Object> claims = new HashMap<>(proven.toJSONObject());
        boolean complete = Stream.concat(
                        Stream.of(settings.claims().name()), settings.rules().claims())
                .allMatch(claim -> ClaimReader.find(claims, claim) != null);
        @Nullable URI further = known.metadata().getUserInfoEndpointURI();
        if (!complete && further != null) {
            userInfo(further, tokens.getAccessToken(), subject).forEach(claims::putIfAbsent);
        }
        String name = ClaimReader.text(claims, settings.claims().name())
                .orElseThrow(() -> unbelievable(
                        settings.label(),
                        "the provider says no " + settings.claims().name() + " of " + subject
                                + ": \"name\" in the file of --openid says which claim to take"));
        return new Arrived(
                subject,
                name + settings.people().suffix(),
                stands(claims),
                settings.rules().of(claim -> ClaimReader.texts(claims, claim)));
    }

    /// OpenID Connect Core 1.0 section 5.7: an address of e-mail is nobody's for certain, but where the
    /// provider has looked.
    ///
    /// @throws SignInRefusedException where it says that it is not known to be theirs
    private boolean stands(Map<String, Object> claims) throws SignInRefusedException {
        if (!settings.claims().name().equals("email")) {
            return true;
        }
        String verified = String.valueOf(claims.get("email_verified"));
        if (verified.equals("false")) {
            throw SignInRefusedException.of(
                    settings.label() + " does not know your address of e-mail to be yours. Prove it there, then come"
                            + " again.",
                    "the provider says \"email_verified\": false");
        }
        return verified.equals("true");
    }

    /// OpenID Connect Core 1.0 section 3.1.3.7, steps 4 and 5, which the library leaves out.
    private void requireForUs(IDTokenClaimsSet proven) throws SignInRefusedException {
        @Nullable AuthorizedParty party = proven.getAuthorizedParty();
        boolean ours = party == null
                ? proven.getAudience().size() == 1
                : party.getValue().equals(settings.client().id());
        if (!ours) {
            throw unbelievable(settings.label(), "the ID token is for another party: " + party);
        }
    }

    private OIDCTokens tokens(Known known, AuthorizationCodeGrant grant) throws SignInRefusedException, IOException {
        URI endpoint = known.metadata().getTokenEndpointURI();
        TokenResponse answer;
        try {
            answer = OIDCTokenResponseParser.parse(new TokenRequest.Builder(endpoint, login(known), grant)
                    .build()
                    .toHTTPRequest()
                    .send(client));
        } catch (ParseException | IllegalArgumentException malformed) {
            // the text could quote a token
            throw unbelievable(settings.label(), "its answer to the code has no ID token that can be read");
        }
        if (!answer.indicatesSuccess()) {
            throw unbelievable(
                    settings.label(),
                    "the provider does not take the code: "
                            + code(answer.toErrorResponse().getErrorObject()));
        }
        if (!(answer.toSuccessResponse() instanceof OIDCTokenResponse good)) {
            throw unbelievable(settings.label(), "its answer to the code has no ID token");
        }
        return good.getOIDCTokens();
    }

    private ClientAuthentication login(Known known) {
        ClientID id = new ClientID(settings.client().id());
        Secret secret = new Secret(settings.client().secret());
        @Nullable List<ClientAuthenticationMethod> taken = known.metadata().getTokenEndpointAuthMethods();
        boolean inBody = taken != null
                && taken.contains(ClientAuthenticationMethod.CLIENT_SECRET_POST)
                && !taken.contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC);
        return inBody ? new ClientSecretPost(id, secret) : new ClientSecretBasic(id, secret);
    }

    /// OpenID Connect Core 1.0 section 5.3.2: what is said there counts only if it is of the same person.
    private Map<String, Object> userInfo(URI endpoint, AccessToken token, String subject)
            throws SignInRefusedException, IOException {
        try {
            UserInfoResponse answer = UserInfoResponse.parse(
                    new UserInfoRequest(endpoint, token).toHTTPRequest().send(client));
            @Nullable
            UserInfo said =
                    answer.indicatesSuccess() ? answer.toSuccessResponse().getUserInfo() : null;
            if (said == null) {
                throw unbelievable(settings.label(), "its userinfo endpoint refuses its own token, or answers no JSON");
            }
            if (!said.getSubject().getValue().equals(subject)) {
                throw unbelievable(settings.label(), "its userinfo endpoint speaks of somebody else");
            }
            return said.toJSONObject();
        } catch (ParseException | IllegalArgumentException malformed) {
            throw unbelievable(settings.label(), "its userinfo endpoint gives no answer that can be read");
        }
    }

    /// An error's code if it looks like one: anybody can send a browser here with a text of theirs.
    static String code(@Nullable ErrorObject error) {
        @Nullable String code = error == null ? null : error.getCode();
        return code != null && ERROR.matcher(code).matches() ? code : "an error without a proper name";
    }

    static SignInRefusedException unbelievable(String label, String reason) {
        return SignInRefusedException.of(
                "What " + label + " answered is not good enough to sign you in. The audit log says why.", reason);
    }
}
