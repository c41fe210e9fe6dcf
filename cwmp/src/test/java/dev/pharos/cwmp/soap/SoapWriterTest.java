// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.soap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.cwmp.CwmpTime;
import dev.pharos.cwmp.CwmpVersion;
import dev.pharos.cwmp.DeviceId;
import dev.pharos.cwmp.MalformedSoapException;
import dev.pharos.cwmp.Notification;
import dev.pharos.cwmp.StandardEvent;
import dev.pharos.cwmp.StandardFaultCode;
import dev.pharos.cwmp.rpc.AttributeChange;
import dev.pharos.cwmp.rpc.Body;
import dev.pharos.cwmp.rpc.ChangeDuState;
import dev.pharos.cwmp.rpc.CwmpFault;
import dev.pharos.cwmp.rpc.Download;
import dev.pharos.cwmp.rpc.DuOperation;
import dev.pharos.cwmp.rpc.EventStruct;
import dev.pharos.cwmp.rpc.FaultStruct;
import dev.pharos.cwmp.rpc.FileLocation;
import dev.pharos.cwmp.rpc.GetParameterNames;
import dev.pharos.cwmp.rpc.Inform;
import dev.pharos.cwmp.rpc.InformResponse;
import dev.pharos.cwmp.rpc.ParameterFault;
import dev.pharos.cwmp.rpc.ParameterValue;
import dev.pharos.cwmp.rpc.Reboot;
import dev.pharos.cwmp.rpc.ResultPages;
import dev.pharos.cwmp.rpc.SetParameterAttributes;
import dev.pharos.cwmp.rpc.SetParameterValues;
import dev.pharos.cwmp.rpc.TargetFile;
import dev.pharos.cwmp.rpc.TransferComplete;
import dev.pharos.cwmp.rpc.TransferOutcome;
import dev.pharos.cwmp.soap.SoapHeader.Versions;
import dev.pharos.cwmp.soap.WritingQuirks.BooleanValues;
import dev.pharos.cwmp.soap.WritingQuirks.DuLists;
import dev.pharos.cwmp.soap.WritingQuirks.TimeValues;
import dev.pharos.datamodel.definition.PrimitiveType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Envelopes to the letter: elements in the order of the schema, arguments without a prefix.
class SoapWriterTest {
    private static final String BEGIN = """
            <?xml version="1.0" encoding="UTF-8"?>
            <soap-env:Envelope xmlns:soap-env="http://schemas.xmlsoap.org/soap/envelope/" \
            xmlns:soap-enc="http://schemas.xmlsoap.org/soap/encoding/" xmlns:xsd="http://www.w3.org/2001/XMLSchema" \
            xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:cwmp="urn:dslforum-org:cwmp-1-2">""";

    private static String written(WritingQuirks quirks, SoapHeader header, Body body) {
        Envelope envelope = new Envelope(CwmpVersion.V1_4.namespace(), header, body);
        String text = new String(new SoapWriter(quirks).write(envelope), StandardCharsets.UTF_8);
        assertThat(text).startsWith(BEGIN + "<soap-env:Header>").endsWith("</soap-env:Envelope>");
        return text.substring(BEGIN.length(), text.length() - "</soap-env:Envelope>".length());
    }

    private static String body(WritingQuirks quirks, Body body) {
        String text = written(quirks, SoapHeader.EMPTY, body);
        String begin = "<soap-env:Header></soap-env:Header><soap-env:Body>";
        assertThat(text).startsWith(begin).endsWith("</soap-env:Body>");
        return text.substring(begin.length(), text.length() - "</soap-env:Body>".length());
    }

    private static String body(Body body) {
        return body(WritingQuirks.NONE, body);
    }

    @Test
    void the_header_says_what_must_be_understood() {
        SoapHeader header = SoapHeader.ofId("a&b")
                .withHoldRequests(true)
                .withSessionTimeout(Duration.ofSeconds(60))
                .withVersions(new Versions(List.of("1.0", "1.4"), Optional.of("1.4")));
        assertThat(written(WritingQuirks.NONE, header, new InformResponse(1)))
                .isEqualTo("<soap-env:Header><cwmp:ID soap-env:mustUnderstand=\"1\">a&amp;b</cwmp:ID>"
                        + "<cwmp:HoldRequests soap-env:mustUnderstand=\"1\">1</cwmp:HoldRequests>"
                        + "<cwmp:SessionTimeout soap-env:mustUnderstand=\"0\">60</cwmp:SessionTimeout>"
                        + "<cwmp:SupportedCWMPVersions soap-env:mustUnderstand=\"0\">1.0,1.4</cwmp:SupportedCWMPVersions>"
                        + "<cwmp:UseCWMPVersion soap-env:mustUnderstand=\"1\">1.4</cwmp:UseCWMPVersion>"
                        + "</soap-env:Header><soap-env:Body><cwmp:InformResponse><MaxEnvelopes>1</MaxEnvelopes>"
                        + "</cwmp:InformResponse></soap-env:Body>");
    }

    @Test
    void no_more_requests_is_never_written() {
        SoapHeader header =
                new SoapHeader(Optional.empty(), false, true, Optional.empty(), Versions.UNSAID, List.of("X"));
        assertThat(written(WritingQuirks.NONE, header, new InformResponse(1))).doesNotContain("NoMoreRequests", "X>");
    }

    @Test
    void an_inform() {
        assertThat(body(new Inform(
                        new DeviceId("Acme", "00256D", "Box", "S1"),
                        List.of(new EventStruct(StandardEvent.BOOT, "")),
                        1,
                        new CwmpTime("2026-01-02T03:04:05Z"),
                        2,
                        List.of(new ParameterValue("Device.A", PrimitiveType.UNSIGNED_INT, "5")))))
                .isEqualTo("<cwmp:Inform><DeviceId><Manufacturer>Acme</Manufacturer><OUI>00256D</OUI>"
                        + "<ProductClass>Box</ProductClass><SerialNumber>S1</SerialNumber></DeviceId>"
                        + "<Event soap-enc:arrayType=\"cwmp:EventStruct[1]\"><EventStruct><EventCode>1 BOOT</EventCode>"
                        + "<CommandKey></CommandKey></EventStruct></Event><MaxEnvelopes>1</MaxEnvelopes>"
                        + "<CurrentTime>2026-01-02T03:04:05Z</CurrentTime><RetryCount>2</RetryCount>"
                        + "<ParameterList soap-enc:arrayType=\"cwmp:ParameterValueStruct[1]\"><ParameterValueStruct>"
                        + "<Name>Device.A</Name><Value xsi:type=\"xsd:unsignedInt\">5</Value></ParameterValueStruct>"
                        + "</ParameterList></cwmp:Inform>");
    }

    @Test
    void a_download() {
        assertThat(body(new Download(
                        "k",
                        "1 Firmware Upgrade Image",
                        new FileLocation("http://a/?b&c", "u", "p"),
                        new TargetFile(4_294_967_295L, "f"),
                        Duration.ofSeconds(9),
                        new ResultPages("", ""))))
                .isEqualTo("<cwmp:Download><CommandKey>k</CommandKey><FileType>1 Firmware Upgrade Image</FileType>"
                        + "<URL>http://a/?b&amp;c</URL><Username>u</Username><Password>p</Password>"
                        + "<FileSize>4294967295</FileSize><TargetFileName>f</TargetFileName>"
                        + "<DelaySeconds>9</DelaySeconds><SuccessURL></SuccessURL><FailureURL></FailureURL>"
                        + "</cwmp:Download>");
    }

    @Test
    void a_change_of_attributes_says_what_shall_stay() {
        assertThat(body(new SetParameterAttributes(
                        List.of(new AttributeChange("Device.A", Optional.of(Notification.ACTIVE), Optional.empty())))))
                .contains(
                        "<Name>Device.A</Name><NotificationChange>1</NotificationChange><Notification>2</Notification>"
                                + "<AccessListChange>0</AccessListChange>"
                                + "<AccessList soap-enc:arrayType=\"xsd:string[0]\"></AccessList>");
    }

    @Test
    void a_fault() {
        assertThat(body(CwmpFault.of(
                        StandardFaultCode.INVALID_ARGUMENTS,
                        "no",
                        List.of(new ParameterFault(
                                "Device.A", new FaultStruct(StandardFaultCode.NON_WRITABLE_PARAMETER, "never"))))))
                .isEqualTo("<soap-env:Fault><faultcode>Client</faultcode><faultstring>CWMP fault</faultstring><detail>"
                        + "<cwmp:Fault><FaultCode>9003</FaultCode><FaultString>no</FaultString>"
                        + "<SetParameterValuesFault><ParameterName>Device.A</ParameterName><FaultCode>9008</FaultCode>"
                        + "<FaultString>never</FaultString></SetParameterValuesFault></cwmp:Fault></detail>"
                        + "</soap-env:Fault>");
    }

    @Test
    void operations_on_software_name_their_kind_and_leave_out_what_is_not_said() {
        ChangeDuState change =
                new ChangeDuState(List.of(new DuOperation.Install(new FileLocation("http://a/", "", ""), "", "")), "k");
        assertThat(body(change))
                .isEqualTo("<cwmp:ChangeDUState><Operations xsi:type=\"cwmp:InstallOpStruct\"><URL>http://a/</URL>"
                        + "</Operations><CommandKey>k</CommandKey></cwmp:ChangeDUState>");
        WritingQuirks arrays = new WritingQuirks(BooleanValues.AS_GIVEN, TimeValues.AS_GIVEN, DuLists.ARRAY);
        assertThat(body(arrays, change))
                .isEqualTo("<cwmp:ChangeDUState><Operations soap-enc:arrayType=\"cwmp:OperationStruct[1]\">"
                        + "<InstallOpStruct><URL>http://a/</URL></InstallOpStruct></Operations>"
                        + "<CommandKey>k</CommandKey></cwmp:ChangeDUState>");
    }

    @Test
    void arguments_that_are_true_or_false_are_digits_for_every_device() {
        assertThat(body(new GetParameterNames("Device.", true))).contains("<NextLevel>1</NextLevel>");
    }

    @Test
    void values_are_written_as_a_device_wants_them() {
        Body set = new SetParameterValues(
                List.of(
                        new ParameterValue("Device.A", PrimitiveType.BOOLEAN, "true"),
                        new ParameterValue("Device.B", PrimitiveType.BOOLEAN, "0"),
                        new ParameterValue("Device.C", PrimitiveType.BOOLEAN, "maybe"),
                        new ParameterValue("Device.D", PrimitiveType.STRING, "true"),
                        new ParameterValue("Device.E", PrimitiveType.DATE_TIME, "2026-01-02T03:04:05.000Z")),
                "");
        assertThat(values(BooleanValues.AS_GIVEN, TimeValues.AS_GIVEN, set))
                .containsExactly("true", "0", "maybe", "true", "2026-01-02T03:04:05.000Z");
        assertThat(values(BooleanValues.DIGITS, TimeValues.WHOLE_SECONDS, set))
                .containsExactly("1", "0", "maybe", "true", "2026-01-02T03:04:05Z");
        assertThat(values(BooleanValues.WORDS, TimeValues.AS_GIVEN, set))
                .containsExactly("true", "false", "maybe", "true", "2026-01-02T03:04:05.000Z");
    }

    private static List<String> values(BooleanValues booleans, TimeValues times, Body set) {
        return List.of(body(new WritingQuirks(booleans, times, DuLists.REPEATED), set)
                        .split("</Value>"))
                .stream()
                .filter(part -> part.contains("<Value "))
                .map(part -> part.substring(part.lastIndexOf('>') + 1))
                .toList();
    }

    @Test
    void what_xml_cannot_say_is_replaced() {
        assertThat(body(new Reboot("a\u0000b\u001Fc\uFFFEd\uD800e\uDC00f\rg\t\n]]>😀\"")))
                .isEqualTo("<cwmp:Reboot><CommandKey>a\uFFFDb\uFFFDc\uFFFDd\uFFFDe\uFFFDf&#13;g\t\n]]&gt;😀&quot;"
                        + "</CommandKey></cwmp:Reboot>");
    }

    /// Of both sides, as the fault of a call, of a parameter and of a transfer.
    @ParameterizedTest
    @EnumSource
    void every_fault_code_is_read_as_it_was_written(StandardFaultCode code) throws MalformedSoapException {
        FaultStruct fault = new FaultStruct(code, "why: <" + code + ">");
        for (Body body : List.of(
                CwmpFault.of(code, fault.faultString(), List.of(new ParameterFault("Device.A", fault))),
                new TransferComplete("key", new TransferOutcome(fault, CwmpTime.UNKNOWN, CwmpTime.UNKNOWN)))) {
            byte[] written = new SoapWriter(WritingQuirks.NONE)
                    .write(new Envelope(CwmpVersion.V1_4.namespace(), SoapHeader.EMPTY, body));
            assertThat(new SoapReader(ReadingQuirks.NONE).read(written).body()).isEqualTo(body);
        }
    }
}
