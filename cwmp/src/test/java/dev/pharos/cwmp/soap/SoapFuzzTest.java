// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.soap;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pharos.cwmp.MalformedSoapException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Whatever the bytes are, reading them ends in an envelope or in [MalformedSoapException]; an envelope survives being
/// written and read again. Runs over its seeds here; `JAZZER_FUZZ=1` makes it search.
class SoapFuzzTest {
    private static final String BEGIN = "<e:Envelope xmlns:e='http://schemas.xmlsoap.org/soap/envelope/'"
            + " xmlns:cwmp='urn:dslforum-org:cwmp-1-2' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'>";
    private static final String[] STEMS = {
        BEGIN + "<e:Header>",
        BEGIN + "<e:Body>",
        BEGIN + "<e:Body><cwmp:Inform><DeviceId><OUI>A</OUI><SerialNumber>1</SerialNumber></DeviceId>",
        BEGIN + "<e:Body><cwmp:SetParameterValues><ParameterList><S><Name>Device.A</Name>",
        BEGIN + "<e:Body><cwmp:ChangeDUState><Operations xsi:type='cwmp:InstallOpStruct'>",
        BEGIN + "<e:Body><e:Fault><detail><cwmp:Fault>",
    };

    private final SoapReader reader = new SoapReader(ReadingQuirks.FIELD);
    private final SoapWriter writer = new SoapWriter(WritingQuirks.NONE);

    @FuzzTest(maxDuration = "20s")
    void bytes_are_an_envelope_or_are_refused(byte[] data) {
        readOrRefused(data);
    }

    @FuzzTest(maxDuration = "20s")
    void what_follows_a_good_beginning_is_read_or_refused(FuzzedDataProvider data) {
        readOrRefused((data.pickValue(STEMS) + data.consumeRemainingAsString()).getBytes(StandardCharsets.UTF_8));
    }

    private void readOrRefused(byte[] bytes) {
        Envelope envelope;
        try {
            envelope = reader.read(bytes);
        } catch (MalformedSoapException refused) {
            assertThat(refused.detail()).isNotEmpty();
            return;
        }
        try {
            assertThat(reader.read(writer.write(envelope))).isEqualTo(asWritten(envelope));
        } catch (MalformedSoapException wrong) {
            throw new AssertionError("what was read cannot be written: " + wrong.detail());
        }
    }

    /// Without what is read and never written.
    private static Envelope asWritten(Envelope envelope) {
        SoapHeader h = envelope.header();
        SoapHeader header =
                new SoapHeader(h.id(), h.holdRequests(), false, h.sessionTimeout(), h.versions(), List.of());
        return new Envelope(envelope.namespace(), header, envelope.body());
    }
}
