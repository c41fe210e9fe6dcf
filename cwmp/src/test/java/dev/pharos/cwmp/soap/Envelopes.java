// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.soap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.cwmp.MalformedSoapException;
import dev.pharos.cwmp.rpc.Body;
import java.nio.charset.StandardCharsets;

/// Envelopes written by hand, as peers write them.
final class Envelopes {
    private static final String BEGIN = "<soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\""
            + " xmlns:enc=\"http://schemas.xmlsoap.org/soap/encoding/\""
            + " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
            + " xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\" xmlns:c=\"urn:dslforum-org:cwmp-1-2\">";
    private static final String END = "</soap:Envelope>";

    private Envelopes() {}

    /// With this markup within the header and within the body.
    static String of(String header, String body) {
        return BEGIN + "<soap:Header>" + header + "</soap:Header><soap:Body>" + body + "</soap:Body>" + END;
    }

    static String of(String body) {
        return of("<c:ID soap:mustUnderstand=\"1\">7</c:ID>", body);
    }

    static Envelope read(ReadingQuirks quirks, String envelope) throws MalformedSoapException {
        return new SoapReader(quirks).read(envelope.getBytes(StandardCharsets.UTF_8));
    }

    /// What a body says to a reader that forgives nothing.
    static Body body(String body) throws MalformedSoapException {
        return read(ReadingQuirks.NONE, of(body)).body();
    }

    static MalformedSoapException refusal(ReadingQuirks quirks, String envelope) {
        return refusal(quirks, envelope.getBytes(StandardCharsets.UTF_8));
    }

    static MalformedSoapException refusal(ReadingQuirks quirks, byte[] envelope) {
        try {
            Envelope read = new SoapReader(quirks).read(envelope);
            throw new AssertionError("it was read: " + read);
        } catch (MalformedSoapException refused) {
            assertThat(refused.getStackTrace()).isEmpty();
            return refused;
        }
    }
}
