// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.integrity;

import dev.pharos.usp.integrity.Carrier.Way;

/// Decides from facts alone whether a Record is taken, and who its sender is; and how one may leave. These are the
/// flow charts of TR-369's chapter on security (R-SEC.22, R-SEC.23, R-SEC.26) up to the point where certificates
/// are judged, with R-E2E.28 to R-E2E.30 where no chart applies.
public final class RecordDecision {
    private RecordDecision() {}

    /// Whether a Record belongs to TLS inside a Session Context.
    public enum Exchange {
        NONE,
        /// It is part of the handshake, or comes before its end.
        HANDSHAKE,
        ESTABLISHED
    }

    /// What its own signature, or the code of the TLS session, says of a Record.
    public enum Integrity {
        ABSENT,
        VALID,
        WRONG
    }

    /// What is known of a Record that came.
    ///
    /// @param secrecy what is demanded of the way of Messages
    /// @param sameCertificate whether the connection's other end showed the certificate that the TLS inside the
    ///     session shows; false where either shows none yet
    /// @param checks whether we have what signatures are checked with
    public record Received(
            Secrecy secrecy,
            Carrier carrier,
            Exchange exchange,
            Integrity integrity,
            boolean sameCertificate,
            boolean checks) {}

    /// What becomes of it.
    public sealed interface Outcome {}

    /// @param by what shows who sent it
    public record Taken(Warrant by) implements Outcome {}

    public record Refused(Objection objection) implements Outcome {}

    /// Why a Record is not taken.
    public enum Objection {
        NOT_ENCRYPTED("it is encrypted nowhere: neither its connection is, nor is there TLS inside it (R-SEC.0)"),
        NOT_ITS_CERTIFICATE("the certificate of its connection is neither its sender's nor a trusted broker's"),
        WRONG_INTEGRITY("its signature is wrong"),
        UNSIGNED("it carries no signature, and its transport does not protect it");

        private final String sentence;

        Objection(String sentence) {
            this.sentence = sentence;
        }

        /// About the Record, for people.
        public String sentence() {
            return sentence;
        }
    }

    /// How a Record may leave.
    public enum Departure {
        /// By itself; a signature is allowed.
        AS_IT_IS,
        /// With a signature, or the code of the TLS session.
        WITH_INTEGRITY,
        /// Not at all: what is in it may only go in TLS inside a session.
        IN_PAYLOAD_TLS_ONLY
    }

    public static Outcome of(Received record) {
        return record.exchange() == Exchange.NONE ? outside(record) : inside(record);
    }

    private static Outcome outside(Received record) {
        Carrier carrier = record.carrier();
        if (record.secrecy().forbids(carrier.way())) {
            return new Refused(Objection.NOT_ENCRYPTED);
        }
        if (isStrangers(record.secrecy(), carrier)) {
            return new Refused(Objection.NOT_ITS_CERTIFICATE);
        }
        return switch (record.integrity()) {
            case WRONG -> new Refused(Objection.WRONG_INTEGRITY);
            case VALID -> new Taken(carrier.protectsRecords() ? carrier.warrant() : Warrant.SIGNATURE);
            case ABSENT ->
                carrier.protectsRecords() || !record.checks()
                        ? new Taken(carrier.protectsRecords() ? carrier.warrant() : Warrant.NOBODY)
                        : new Refused(Objection.UNSIGNED);
        };
    }

    private static Outcome inside(Received record) {
        return switch (record.integrity()) {
            case WRONG -> new Refused(Objection.WRONG_INTEGRITY);
            case VALID -> new Taken(Warrant.PAYLOAD_TLS);
            case ABSENT ->
                needsNoIntegrity(record.secrecy(), record.carrier(), record.exchange(), record.sameCertificate())
                        ? new Taken(Warrant.PAYLOAD_TLS)
                        : new Refused(Objection.UNSIGNED);
        };
    }

    /// Whether Records of a TLS session may do without a code: the end of the connection is then the end of that
    /// session. A broker is not, however trusted. While the session's certificate is not known yet, that of the
    /// connection has to name the sender, and is compared once it is.
    private static boolean needsNoIntegrity(
            Secrecy secrecy, Carrier carrier, Exchange exchange, boolean sameCertificate) {
        if (secrecy == Secrecy.NOT_DEMANDED || carrier.warrant() == Warrant.THIS_HOST) {
            return carrier.protectsRecords() && !secrecy.forbids(carrier.way());
        }
        return carrier.way() == Way.ENCRYPTED
                && (carrier.warrant() == Warrant.CREDENTIAL
                        || sameCertificate
                        || (exchange == Exchange.HANDSHAKE && carrier.warrant() == Warrant.CERTIFICATE));
    }

    /// @param exchange whether it goes in TLS inside a session
    /// @param sameCertificate as in [Received]
    /// @param signs whether we have what to sign with
    public static Departure departure(
            Secrecy secrecy, Carrier carrier, Exchange exchange, boolean sameCertificate, boolean signs) {
        if (exchange != Exchange.NONE) {
            return needsNoIntegrity(secrecy, carrier, exchange, sameCertificate)
                    ? Departure.AS_IT_IS
                    : Departure.WITH_INTEGRITY;
        }
        if (secrecy.forbids(carrier.way()) || isStrangers(secrecy, carrier)) {
            return Departure.IN_PAYLOAD_TLS_ONLY;
        }
        return carrier.protectsRecords() || !signs ? Departure.AS_IT_IS : Departure.WITH_INTEGRITY;
    }

    private static boolean isStrangers(Secrecy secrecy, Carrier carrier) {
        return secrecy != Secrecy.NOT_DEMANDED && carrier.way() == Way.ENCRYPTED && carrier.warrant() == Warrant.NOBODY;
    }
}
