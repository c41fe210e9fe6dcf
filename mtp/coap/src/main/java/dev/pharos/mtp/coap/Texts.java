// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.coap;

import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.elements.exception.EndpointMismatchException;
import org.eclipse.californium.elements.exception.EndpointUnconnectedException;
import org.eclipse.californium.scandium.dtls.DtlsHandshakeTimeoutException;
import org.eclipse.californium.scandium.dtls.HandshakeException;

/// Sentences for people about what a peer or the system did.
final class Texts {
    /// How the library begins what it says of an alert that has come.
    private static final String RECEIVED = "Received ";

    /// What it says where a client has an empty chain, of which our verifier hears nothing.
    private static final String NO_CERTIFICATE = "Client Certificate required!";

    private Texts() {}

    /// Why something could not be sent.
    static String of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case DtlsHandshakeTimeoutException _, TimeoutException _ -> {
                    return "no answer in the DTLS handshake";
                }
                case EndpointMismatchException _, EndpointUnconnectedException _ -> {
                    return "its DTLS session is over";
                }
                case HandshakeException handshake -> {
                    return handshake(handshake);
                }
                default -> {
                    // The innermost that is known decides.
                }
            }
        }
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : shown(message);
    }

    private static String handshake(HandshakeException failure) {
        String message = String.valueOf(failure.getMessage());
        if (message.startsWith(DtlsTrust.REFUSED)) {
            return message;
        }
        if (message.equals(NO_CERTIFICATE)) {
            return DtlsTrust.REFUSED + "it shows no certificate";
        }
        // What the alert says is said by the peer only where it comes from there.
        String alert = !message.startsWith(RECEIVED)
                        || failure.getAlert() == null
                        || failure.getAlert().getDescription() == null
                ? ""
                : failure.getAlert().getDescription().name();
        return switch (alert) {
            case "UNKNOWN_CA" -> "the peer ended the DTLS handshake: it does not know who has signed our certificate";
            case "CERTIFICATE_EXPIRED" -> "the peer ended the DTLS handshake: it says that our certificate has expired";
            case "CERTIFICATE_REVOKED" ->
                "the peer ended the DTLS handshake: it says that our certificate has been revoked";
            case "BAD_CERTIFICATE", "CERTIFICATE_UNKNOWN", "UNSUPPORTED_CERTIFICATE", "ACCESS_DENIED" ->
                "the peer ended the DTLS handshake: it does not accept our certificate";
            default -> "the DTLS handshake failed: " + shown(message);
        };
    }

    /// What a peer answered: `4.04 Not Found`.
    static String of(ResponseCode code) {
        StringBuilder out = new StringBuilder(code.text);
        for (String word : code.name().split("_")) {
            out.append(' ').append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return out.toString();
    }

    static String of(InetSocketAddress address) {
        String host = address.getAddress() == null
                ? address.getHostString()
                : address.getAddress().getHostAddress();
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    /// A peer's words: no control characters, not too many.
    static String shown(String words) {
        StringBuilder out = new StringBuilder();
        words.codePoints()
                .limit(Limits.SHOWN_CHARACTERS)
                .forEach(c -> out.appendCodePoint(Character.isISOControl(c) ? ' ' : c));
        return out.toString().strip();
    }
}
