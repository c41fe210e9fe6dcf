// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.passkey;

import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.converter.exception.DataConversionException;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecord;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationData;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.AuthenticationRequest;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.RegistrationData;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.RegistrationRequest;
import com.webauthn4j.data.attestation.authenticator.AAGUID;
import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import com.webauthn4j.data.attestation.authenticator.COSEKey;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.attestation.statement.NoneAttestationStatement;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.server.ServerProperty;
import com.webauthn4j.verifier.exception.BadChallengeException;
import com.webauthn4j.verifier.exception.BadOriginException;
import com.webauthn4j.verifier.exception.BadRpIdException;
import com.webauthn4j.verifier.exception.BadSignatureException;
import com.webauthn4j.verifier.exception.BadTopOriginException;
import com.webauthn4j.verifier.exception.CrossOriginException;
import com.webauthn4j.verifier.exception.MaliciousCounterValueException;
import com.webauthn4j.verifier.exception.NotAllowedAlgorithmException;
import com.webauthn4j.verifier.exception.UserNotPresentException;
import com.webauthn4j.verifier.exception.UserNotVerifiedException;
import com.webauthn4j.verifier.exception.VerificationException;
import dev.pharos.server.store.PasskeyStore.StoredPasskey;
import dev.pharos.usp.Bytes;
import java.nio.BufferUnderflowException;
import java.util.List;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.dataformat.cbor.CBORMapper;

/// The two ceremonies of WebAuthn as the server has to judge them (sections 7.1 and 7.2), by WebAuthn4J. Who the
/// authenticator's maker is nobody asks; that it looked who is there (user verification) is required.
final class Ceremonies {
    /// ES256, EdDSA and RS256 (RFC 9053 and RFC 8812): what authenticators have.
    static final List<Long> ALGORITHMS = List.of(-7L, -8L, -257L);

    private static final List<PublicKeyCredentialParameters> ALLOWED = ALGORITHMS.stream()
            .map(COSEAlgorithmIdentifier::create)
            .map(algorithm -> new PublicKeyCredentialParameters(PublicKeyCredentialType.PUBLIC_KEY, algorithm))
            .toList();

    private final ObjectConverter converter = new ObjectConverter();
    private final CBORMapper cbor = converter.getCborMapper();
    private final WebAuthnManager manager = WebAuthnManager.createNonStrictWebAuthnManager(converter);

    /// What a passkey is known by from now on.
    record Made(Bytes credential, Bytes publicKey, long counter) {}

    /// @param challenge what it had to sign
    Made register(PasskeySite site, Bytes challenge, String person, Attestation shown) throws PasskeyRefusedException {
        return judged(person, () -> {
            RegistrationData data = manager.parse(new RegistrationRequest(
                    shown.attestationObject().toByteArray(), shown.clientData().toByteArray()));
            manager.verify(data, new RegistrationParameters(property(site, challenge), ALLOWED, true, true));
            AttestedCredentialData credential =
                    data.getAttestationObject().getAuthenticatorData().getAttestedCredentialData();
            return new Made(
                    Bytes.copyOf(credential.getCredentialId()),
                    Bytes.adopt(cbor.writeValueAsBytes(credential.getCOSEKey())),
                    data.getAttestationObject().getAuthenticatorData().getSignCount());
        });
    }

    /// @param challenge what it had to sign
    /// @return its counter of signatures now
    long authenticate(PasskeySite site, Bytes challenge, StoredPasskey key, Assertion shown)
            throws PasskeyRefusedException {
        return judged(key.owner(), () -> {
            AuthenticationData data = manager.parse(new AuthenticationRequest(
                    shown.credential().toByteArray(),
                    shown.userHandle().toByteArray(),
                    shown.authenticatorData().toByteArray(),
                    shown.clientData().toByteArray(),
                    shown.signature().toByteArray()));
            List<byte[]> only = List.of(key.credential().toByteArray());
            manager.verify(
                    data, new AuthenticationParameters(property(site, challenge), record(key), only, true, true));
            return data.getAuthenticatorData().getSignCount();
        });
    }

    private static ServerProperty property(PasskeySite site, Bytes challenge) {
        return ServerProperty.builder()
                .origin(Origin.create(site.origin()))
                .rpId(site.rpId())
                .challenge(new DefaultChallenge(challenge.toByteArray()))
                .build();
    }

    private CredentialRecord record(StoredPasskey key) {
        COSEKey publicKey = cbor.readValue(key.publicKey().toByteArray(), COSEKey.class);
        return new CredentialRecordImpl(
                new NoneAttestationStatement(),
                null,
                null,
                null,
                key.counter(),
                new AttestedCredentialData(AAGUID.ZERO, key.credential().toByteArray(), publicKey),
                null,
                null,
                null,
                null);
    }

    /// The library tells of bytes that are no such thing in several ways, some of which are the JDK's.
    private static <T> T judged(String person, Supplier<T> ceremony) throws PasskeyRefusedException {
        try {
            return ceremony.get();
        } catch (VerificationException refused) {
            throw new PasskeyRefusedException(person, reason(refused));
        } catch (DataConversionException
                | JacksonException
                | IllegalArgumentException
                | BufferUnderflowException malformed) {
            throw new PasskeyRefusedException(person, "What the browser brought is no answer of a passkey");
        }
    }

    private static String reason(VerificationException refused) {
        return switch (refused) {
            case BadChallengeException _ -> "It answers another question than the one that was asked";
            case BadOriginException _, BadTopOriginException _, BadRpIdException _, CrossOriginException _ ->
                "It was made for another place than this page";
            case UserNotVerifiedException _ -> "Your device did not look who is there, by PIN, finger or face";
            case UserNotPresentException _ -> "Nobody touched the device";
            case MaliciousCounterValueException _ ->
                "Its counter of signatures went back: there may be a copy of this passkey";
            case BadSignatureException _ -> "Its signature is wrong";
            case NotAllowedAlgorithmException _ -> "Its kind of key is none of ES256, EdDSA and RS256";
            default ->
                "It is not as WebAuthn says ("
                        + refused.getClass().getSimpleName().replace("Exception", "") + ")";
        };
    }
}
