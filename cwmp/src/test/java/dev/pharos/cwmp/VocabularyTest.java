// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.cwmp.rpc.CwmpFault;
import dev.pharos.cwmp.rpc.FileLocation;
import dev.pharos.cwmp.rpc.ParameterValue;
import dev.pharos.cwmp.rpc.SoapFaultCode;
import dev.pharos.datamodel.definition.PrimitiveType;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The numbers and words of CWMP.
class VocabularyTest {
    @Test
    void every_fault_code_of_the_schemas_is_there() {
        assertThat(Arrays.stream(StandardFaultCode.values()).mapToInt(StandardFaultCode::code))
                .containsExactlyElementsOf(
                        IntStream.concat(IntStream.rangeClosed(8000, 8006), IntStream.rangeClosed(9000, 9032))
                                .boxed()
                                .toList());
        for (StandardFaultCode code : StandardFaultCode.values()) {
            assertThat(FaultCode.of(code.code())).isSameAs(code);
            assertThat(code.title()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0,No fault code,false",
        "8799,Unassigned fault,false",
        "8800,Vendor specific fault,true",
        "8899,Vendor specific fault,true",
        "9033,Unassigned fault,false",
        "9800,Vendor specific fault,true",
        "9899,Vendor specific fault,true",
        "9900,Unassigned fault,false"
    })
    void other_codes_are_carried(int number, String title, boolean vendor) {
        FaultCode code = FaultCode.of(number);
        assertThat(code.code()).isEqualTo(number);
        assertThat(code.title()).isEqualTo(title);
        assertThat(((OtherFaultCode) code).isVendor()).isEqualTo(vendor);
        assertThat(code.isOfClient()).isFalse();
    }

    @Test
    void who_asked_wrongly_is_to_blame() {
        assertThat(Arrays.stream(StandardFaultCode.values()).filter(StandardFaultCode::isOfClient))
                .extracting(StandardFaultCode::code)
                .containsExactly(8003, 9003, 9005, 9006, 9007, 9008);
        assertThat(CwmpFault.of(StandardFaultCode.INVALID_PARAMETER_NAME, "").soapCode())
                .isEqualTo(SoapFaultCode.CLIENT);
        assertThat(CwmpFault.of(StandardFaultCode.INTERNAL_ERROR, "").soapCode())
                .isEqualTo(SoapFaultCode.SERVER);
    }

    @ParameterizedTest
    @CsvSource({"Client,CLIENT", "soap:client,CLIENT", "SOAP-ENV:Server,SERVER", "x,SERVER", "'',SERVER"})
    void fault_codes_of_soap_have_any_prefix(String word, SoapFaultCode code) {
        assertThat(SoapFaultCode.of(word)).isEqualTo(code);
    }

    @Test
    void kinds_of_files_are_known_by_their_texts_and_others_are_none() {
        for (DownloadType type : DownloadType.values()) {
            assertThat(DownloadType.of(type.text())).contains(type);
        }
        for (String text : List.of(
                "1 Vendor Configuration File",
                "2 Vendor Log File",
                "3 Vendor Configuration File 1",
                "4 Vendor Log File 999999999")) {
            assertThat(UploadType.of(text).map(UploadType::text)).contains(text);
        }
        for (String other :
                List.of("", "1 vendor configuration file", "3 Vendor Configuration File", "4 Vendor Log File 01")) {
            assertThat(UploadType.of(other)).isEmpty();
            assertThat(DownloadType.of(other + "X")).isEmpty();
        }
    }

    @Test
    void every_event_is_known_by_its_text() {
        assertThat(Arrays.stream(StandardEvent.values()).map(each -> each.text().split(" ")[0]))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(0, 14).mapToObj(String::valueOf).toList());
        for (EventCode event : StandardEvent.values()) {
            assertThat(EventCode.of(event.text())).isSameAs(event);
        }
        for (EventCode event : MethodEvent.values()) {
            assertThat(EventCode.of(event.text())).isSameAs(event);
            assertThat(event.text()).startsWith("M ");
        }
        assertThat(EventCode.of("4 Value change")).isEqualTo(StandardEvent.VALUE_CHANGE);
        assertThat(EventCode.of("X 00256D DANCE")).isEqualTo(new OtherEvent("X 00256D DANCE"));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-22T11:35:37Z,2026-11-22T11:35:37Z",
        "2026-11-22T11:35:37.424Z,2026-11-22T11:35:37.424Z",
        "2026-11-22T11:35:37,2026-11-22T11:35:37Z",
        "2026-11-22T13:35:37+02:00,2026-11-22T11:35:37Z",
        "1970-01-01T00:00:09Z,1970-01-01T00:00:09Z"
    })
    void times_are_read_with_zone_and_without(String text, Instant meant) {
        assertThat(new CwmpTime(text).instant()).contains(meant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0001-01-01T00:00:00Z",
                "",
                "yesterday",
                "2026-13-45T00:00:00Z",
                "2026-11-22",
                "1969-12-31T00:00:00Z"
            })
    void no_time_is_unknown(String text) {
        assertThat(new CwmpTime(text).instant()).isEmpty();
    }

    @Test
    void a_time_is_written_in_whole_seconds() {
        assertThat(CwmpTime.of(Instant.parse("2026-11-22T11:35:37.987Z")))
                .isEqualTo(new CwmpTime("2026-11-22T11:35:37Z"));
    }

    @Test
    void one_device_has_one_name_and_no_two_have_the_same() {
        assertThat(new DeviceId("Acme", "00256d", "", "S1").canonical()).isEqualTo("00256D-S1");
        assertThat(new DeviceId("Acme", "00256D", "My Box-2", "S/1ü").canonical())
                .isEqualTo("00256D-My%20Box%2D2-S%2F1%C3%BC");
        assertThat(new DeviceId("", "00256D", "A-B", "C").canonical())
                .isNotEqualTo(new DeviceId("", "00256D", "A", "B-C").canonical());
    }

    @Test
    void a_device_without_oui_or_serial_number_is_none() {
        assertThatThrownBy(() -> new DeviceId("a", "", "b", "c")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new DeviceId("a", "00256D", "b", "")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void namespaces_and_versions_belong_together() {
        assertThat(CwmpVersion.values())
                .extracting(version -> version.namespace().uri())
                .containsExactly(
                        "urn:dslforum-org:cwmp-1-0",
                        "urn:dslforum-org:cwmp-1-1",
                        "urn:dslforum-org:cwmp-1-2",
                        "urn:dslforum-org:cwmp-1-2",
                        "urn:dslforum-org:cwmp-1-2");
        assertThat(CwmpNamespace.of("urn:dslforum-org:cwmp-1-4")).contains(new CwmpNamespace(4));
        for (String other : List.of(
                "urn:dslforum-org:cwmp-1-", "urn:dslforum-org:cwmp-1-1000", "urn:dslforum-org:cwmp-1-x", "urn:x")) {
            assertThat(CwmpNamespace.of(other)).isEmpty();
        }
        assertThatThrownBy(() -> new CwmpNamespace(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void the_newest_version_that_both_know_is_chosen() {
        assertThat(CwmpVersion.newestOf(List.of("1.0", "1.3", "1.2", "2.0"))).contains(CwmpVersion.V1_3);
        assertThat(CwmpVersion.newestOf(List.of("2.0"))).isEmpty();
        assertThat(CwmpVersion.V1_4.number()).isEqualTo("1.4");
    }

    @Test
    void secrets_are_not_shown() {
        assertThat(new FileLocation("http://a/", "me", "secret").toString()).isEqualTo("http://a/ as me");
        assertThat(new ParameterValue("Device.A.Password", PrimitiveType.STRING, "secret").toString())
                .isEqualTo("Device.A.Password");
    }
}
