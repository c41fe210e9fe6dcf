// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.soap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.cwmp.Limits;
import dev.pharos.cwmp.MalformedSoapException;
import dev.pharos.cwmp.rpc.Reboot;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What harms XML readers elsewhere is refused here with one kind of failure, with its place, by the strict reader as
/// by
/// the one that forgives.
class HostileEnvelopesTest {
    private static final String INFORM =
            "<c:Inform><DeviceId><OUI>00256D</OUI><SerialNumber>1</SerialNumber></DeviceId>";

    private static void isRefused(String envelope, String reason) {
        assertThat(Envelopes.refusal(ReadingQuirks.NONE, envelope)).hasMessageContaining(reason);
        MalformedSoapException lenient = Envelopes.refusal(ReadingQuirks.FIELD, envelope);
        assertThat(lenient).hasMessageContaining(reason);
        assertThat(lenient.line()).isPositive();
    }

    @Test
    void a_billion_laughs_are_refused() {
        StringBuilder laughs = new StringBuilder("<!DOCTYPE lolz [<!ENTITY l0 \"lol\">");
        for (int i = 1; i < 10; i++) {
            laughs.append("<!ENTITY l" + i + " \"" + ("&l" + (i - 1) + ";").repeat(10) + "\">");
        }
        isRefused(laughs + "]>" + Envelopes.of("<c:Reboot><CommandKey>&l9;</CommandKey></c:Reboot>"), "document type");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE a SYSTEM \"file:///etc/passwd\">",
                "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>",
                "<!DOCTYPE a [<!ENTITY % p SYSTEM \"http://127.0.0.1:9/x\"> %p;]>",
                "<!DOCTYPE a>"
            })
    void a_document_type_is_refused(String documentType) {
        isRefused(documentType + Envelopes.of("<c:FactoryReset/>"), "line 1");
    }

    @Test
    void an_entity_that_is_declared_nowhere_is_refused() {
        assertThat(Envelopes.refusal(
                        ReadingQuirks.NONE, Envelopes.of("<c:Reboot><CommandKey>&secret;</CommandKey></c:Reboot>")))
                .hasMessageContaining("an entity, which SOAP forbids");
    }

    @Test
    void an_envelope_of_fifty_megabytes_is_refused_before_it_is_read_to_its_end() {
        Endless endless = new Endless();
        String begin = Envelopes.of(INFORM);
        InputStream stream = new SequenceInputStream(
                new ByteArrayInputStream(
                        begin.substring(0, begin.indexOf("</soap:Body>")).getBytes(StandardCharsets.UTF_8)),
                endless);
        for (ReadingQuirks quirks : new ReadingQuirks[] {ReadingQuirks.NONE, ReadingQuirks.FIELD}) {
            endless.given = 0;
            assertThatThrownBy(() -> new SoapReader(quirks).read(stream, Optional.empty()))
                    .isInstanceOf(MalformedSoapException.class)
                    .hasMessageContaining("more than " + Limits.ENVELOPE_BYTES + " bytes");
            assertThat(endless.given).isLessThan(Limits.ENVELOPE_BYTES + 100_000L);
        }
    }

    /// Blanks for ever.
    private static final class Endless extends InputStream {
        private long given;

        @Override
        public int read() {
            given++;
            return ' ';
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            Arrays.fill(target, offset, offset + length, (byte) ' ');
            given += length;
            return length;
        }
    }

    @Test
    void a_text_without_end_is_refused() {
        isRefused(
                Envelopes.of(
                        "<c:Reboot><CommandKey>" + "a".repeat(Limits.TEXT_CHARACTERS + 1) + "</CommandKey></c:Reboot>"),
                "a text of more than");
    }

    @Test
    void the_longest_text_is_read() throws MalformedSoapException {
        String longest = "ä".repeat(Limits.TEXT_CHARACTERS);
        assertThat(Envelopes.body("<c:Reboot><CommandKey>" + longest + "</CommandKey></c:Reboot>"))
                .isEqualTo(new Reboot(longest));
    }

    @Test
    void elements_within_elements_without_end_are_refused() {
        isRefused(Envelopes.of("<a>".repeat(100_000)), "nested deeper than " + Limits.DEPTH);
        isRefused(Envelopes.of("<a>".repeat(100_000), ""), "nested deeper than " + Limits.DEPTH);
    }

    @Test
    void elements_beside_elements_without_end_are_refused() {
        isRefused(
                Envelopes.of("<c:GetParameterValues><ParameterNames>" + "<s/>".repeat(Limits.ELEMENTS)),
                "more than " + Limits.ELEMENTS + " elements");
    }

    @Test
    void attributes_without_end_are_refused() {
        StringBuilder attributes = new StringBuilder();
        for (int i = 0; i <= Limits.ATTRIBUTES; i++) {
            attributes.append(" a").append(i).append("=\"1\"");
        }
        isRefused(Envelopes.of("<c:Reboot" + attributes + "/>"), "not well-formed XML");
    }

    @Test
    void namespaces_without_end_are_refused() {
        StringBuilder nested = new StringBuilder();
        for (int i = 0; i < Limits.DEPTH - 4; i++) {
            nested.append("<a");
            for (int j = 0; j < 20; j++) {
                nested.append(" xmlns:p").append(i).append('x').append(j).append("=\"u\"");
            }
            nested.append('>');
        }
        isRefused(Envelopes.of(nested.toString(), ""), "more than " + Limits.NAMESPACES + " namespaces");
    }

    @Test
    void a_name_without_end_is_refused() {
        isRefused(Envelopes.of("<c:" + "a".repeat(100_000) + "/>"), "a name of more than 256 characters");
        isRefused(Envelopes.of("<c:Reboot " + "a".repeat(100_000) + "='1'/>"), "a name of more than 256 characters");
        isRefused(Envelopes.of("<?" + "a".repeat(100_000) + " ?><c:Reboot/>"), "a name of more than 256 characters");
        isRefused(Envelopes.of("<c:Reboot a='" + "a".repeat(100_000) + "'/>"), "not well-formed XML");
    }

    @Test
    void more_events_than_an_inform_may_have_are_refused() {
        String events = "<Event>" + "<E><EventCode>2 PERIODIC</EventCode></E>".repeat(Limits.EVENTS + 1) + "</Event>";
        isRefused(Envelopes.of(INFORM + events + "</c:Inform>"), "more than " + Limits.EVENTS + " events");
    }

    @Test
    void two_messages_in_one_envelope_are_refused() {
        isRefused(Envelopes.of("<c:FactoryReset/><c:FactoryReset/>"), "a second message");
        isRefused(
                Envelopes.of("<c:FactoryReset/>").replace("</soap:Body>", "</soap:Body><soap:Body/>"), "a second Body");
    }

    @Test
    void an_envelope_without_a_message_is_refused() {
        isRefused(Envelopes.of(" "), "a Body with nothing in it");
        isRefused(Envelopes.of("").replaceAll("<soap:Body></soap:Body>", ""), "an envelope without Body");
    }

    @Test
    void an_envelope_that_ends_in_the_middle_is_refused() {
        String whole = Envelopes.of("<c:Reboot><CommandKey>k</CommandKey></c:Reboot>");
        for (int length = 0; length < whole.length(); length++) {
            assertThat(Envelopes.refusal(ReadingQuirks.FIELD, whole.substring(0, length))
                            .line())
                    .isPositive();
        }
    }

    @Test
    void what_comes_after_the_envelope_is_refused() {
        isRefused(Envelopes.of("<c:FactoryReset/>") + "<more/>", "not well-formed XML");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hello", "{\"json\": true}", "<html><body/></html>", "\0\0\0\0"})
    void what_is_no_envelope_is_refused(String other) {
        assertThat(Envelopes.refusal(ReadingQuirks.FIELD, other).line()).isPositive();
    }

    @Test
    void soap_1_2_is_refused() {
        isRefused(
                Envelopes.of("<c:FactoryReset/>")
                        .replace(
                                "http://schemas.xmlsoap.org/soap/envelope/", "http://www.w3.org/2003/05/soap-envelope"),
                "is no envelope of SOAP 1.1");
    }

    @Test
    void a_message_of_something_else_is_refused() {
        isRefused(
                Envelopes.of("<c:Inform/>").replace("urn:dslforum-org:cwmp-1-2", "urn:example:other"),
                "<Inform> is none of CWMP's messages");
    }

    @Test
    void xml_1_1_with_its_control_characters_is_refused() {
        isRefused("<?xml version=\"1.1\"?>" + Envelopes.of("<c:FactoryReset/>"), "not XML 1.0");
    }

    @Test
    void bytes_that_are_no_characters_are_refused_in_silence() {
        byte[] bytes =
                Envelopes.of("<c:Reboot><CommandKey>?</CommandKey></c:Reboot>").getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = bytes[i] == '?' ? (byte) 0xFF : bytes[i];
        }
        MalformedSoapException refused = Envelopes.refusal(ReadingQuirks.NONE, bytes);
        assertThat(refused.line()).isPositive();
        assertThat(refused.detail()).contains("bytes that are no characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "-1", "4294967296", "99999999999999999999999999", "1e3", "0x10"})
    void a_number_that_is_none_is_refused_with_the_id_that_a_fault_needs(String number) {
        String envelope =
                Envelopes.of("<c:ScheduleInform>\n<DelaySeconds>" + number + "</DelaySeconds></c:ScheduleInform>");
        MalformedSoapException refused = Envelopes.refusal(ReadingQuirks.FIELD, envelope);
        assertThat(refused.id()).contains("7");
        assertThat(refused.line()).isEqualTo(2);
        assertThat(refused.detail())
                .startsWith("line 2, column ")
                .contains("DelaySeconds is not a number from 0 to 4294967295: '");
    }

    @Test
    void a_peers_words_are_shown_without_control_characters_and_not_at_length() {
        String word = "\n\u007f" + "x".repeat(10_000);
        MalformedSoapException refused = Envelopes.refusal(
                ReadingQuirks.NONE,
                Envelopes.of("<c:GetParameterNames><NextLevel>a" + word + "</NextLevel></c:GetParameterNames>"));
        assertThat(refused.detail()).hasSizeLessThan(300).doesNotContain("\n", "\u007f");
    }

    @Test
    void a_stream_that_breaks_is_a_broken_transport_and_no_malformed_envelope() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("connection reset");
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                return read();
            }
        };
        for (ReadingQuirks quirks : new ReadingQuirks[] {ReadingQuirks.NONE, ReadingQuirks.FIELD}) {
            assertThatThrownBy(() -> new SoapReader(quirks).read(broken, Optional.empty()))
                    .isInstanceOf(IOException.class)
                    .hasMessage("connection reset");
        }
    }
}
