// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.openid;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the provider says of itself, as far as it can be believed, and who judges its ID tokens. Asked for when it is
/// needed and kept for [Limits#METADATA_FRESH]; where it cannot be had again, the one before goes on to hold.
/// Thread-safe.
final class Provider {
    private static final Logger LOG = LoggerFactory.getLogger(Provider.class);

    /// With the provider's private key, every one of them: what a public key could make is no signature.
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    private final URI issuer;
    private final ClientID us;
    private final ProviderClient client;
    private final Clock clock;
    private volatile @Nullable Known known;
    private volatile String trouble = "it has not been asked yet";

    Provider(URI issuer, ClientID us, ProviderClient client, Clock clock) {
        this.issuer = issuer;
        this.us = us;
        this.client = client;
        this.clock = clock;
    }

    /// @param judge of its ID tokens
    record Known(OIDCProviderMetadata metadata, IDTokenValidator judge, Instant since) {}

    /// @throws IOException saying why nothing is known of it
    Known known() throws IOException {
        Known before = known;
        return before != null && isFresh(before) ? before : ask();
    }

    private boolean isFresh(Known before) {
        return clock.instant().isBefore(before.since().plus(Limits.METADATA_FRESH));
    }

    private synchronized Known ask() throws IOException {
        Known before = known;
        if (before != null && isFresh(before)) {
            return before;
        }
        try {
            Known now = read();
            known = now;
            if (!trouble.isEmpty()) {
                LOG.info("people can sign in by OpenID Connect: {}", issuer);
            }
            trouble = "";
            return now;
        } catch (IOException failed) {
            String why = String.valueOf(failed.getMessage());
            if (!why.equals(trouble)) {
                LOG.warn("OpenID Connect: {}", why);
            }
            trouble = why;
            if (before != null) {
                return before;
            }
            throw failed;
        }
    }

    /// What was wrong when it was asked last; empty where nothing was.
    Optional<String> trouble() {
        return trouble.isEmpty() ? Optional.empty() : Optional.of(trouble);
    }

    /// What is known of it without asking.
    Optional<OIDCProviderMetadata> metadata() {
        return Optional.ofNullable(known).map(Known::metadata);
    }

    private Known read() throws IOException {
        String base = issuer.toString();
        URI document = URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base)
                + "/.well-known/openid-configuration");
        OIDCProviderMetadata metadata;
        try {
            metadata = OIDCProviderMetadata.parse(client.document(document));
        } catch (ParseException | IllegalArgumentException wrong) {
            throw new IOException(document + " is no discovery document: " + wrong.getMessage(), wrong);
        }
        if (!metadata.getIssuer().getValue().equals(base)) {
            throw new IOException(document + " is of another issuer, " + metadata.getIssuer());
        }
        required(document, "authorization_endpoint", metadata.getAuthorizationEndpointURI());
        required(document, "token_endpoint", metadata.getTokenEndpointURI());
        URI keys = required(document, "jwks_uri", metadata.getJWKSetURI());
        if (metadata.getEndSessionEndpointURI() != null) {
            required(document, "end_session_endpoint", metadata.getEndSessionEndpointURI());
        }
        try {
            return new Known(metadata, judge(keys), clock.instant());
        } catch (MalformedURLException malformed) {
            throw new IOException(document + " names keys at no URL: " + keys, malformed);
        }
    }

    private static URI required(URI document, String field, @Nullable URI endpoint) throws IOException {
        if (endpoint == null) {
            throw new IOException(document + " has no " + field);
        }
        if (!SafeUrl.isSafe(endpoint)) {
            throw new IOException(document + " has a " + field + " that is not HTTPS: " + endpoint);
        }
        return endpoint;
    }

    private IDTokenValidator judge(URI keys) throws MalformedURLException {
        JWKSource<SecurityContext> source = JWKSourceBuilder.create(keys.toURL(), client)
                .cache(Limits.KEYS_FRESH.toMillis(), Limits.ANSWER.toMillis())
                .refreshAheadCache(false)
                .rateLimited(Limits.KEYS_PAUSE.toMillis())
                .build();
        IDTokenValidator judge = new IDTokenValidator(
                new Issuer(issuer), us, new JWSVerificationKeySelector<>(ALGORITHMS, source), null);
        judge.setMaxClockSkew(Math.toIntExact(Limits.CLOCK_SKEW.toSeconds()));
        return judge;
    }
}
