// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.soap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.cwmp.CwmpNamespace;
import dev.pharos.cwmp.CwmpTime;
import dev.pharos.cwmp.FaultCode;
import dev.pharos.cwmp.Limits;
import dev.pharos.cwmp.MalformedSoapException;
import dev.pharos.cwmp.Notification;
import dev.pharos.cwmp.StandardFaultCode;
import dev.pharos.cwmp.rpc.AddObjectResponse;
import dev.pharos.cwmp.rpc.ChangeDuState;
import dev.pharos.cwmp.rpc.CwmpFault;
import dev.pharos.cwmp.rpc.DuOperation;
import dev.pharos.cwmp.rpc.DuState;
import dev.pharos.cwmp.rpc.DuStateChangeComplete;
import dev.pharos.cwmp.rpc.FactoryReset;
import dev.pharos.cwmp.rpc.FaultStruct;
import dev.pharos.cwmp.rpc.FileLocation;
import dev.pharos.cwmp.rpc.GetParameterNames;
import dev.pharos.cwmp.rpc.GetParameterValuesResponse;
import dev.pharos.cwmp.rpc.Inform;
import dev.pharos.cwmp.rpc.ParameterAttributes;
import dev.pharos.cwmp.rpc.ParameterFault;
import dev.pharos.cwmp.rpc.ParameterValue;
import dev.pharos.cwmp.rpc.Reboot;
import dev.pharos.cwmp.rpc.SetParameterValuesResponse;
import dev.pharos.cwmp.rpc.SoapFaultCode;
import dev.pharos.cwmp.rpc.Status;
import dev.pharos.cwmp.rpc.TransferComplete;
import dev.pharos.cwmp.rpc.UnknownRequest;
import dev.pharos.cwmp.rpc.UnknownResponse;
import dev.pharos.datamodel.definition.PrimitiveType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What devices and servers in the field write otherwise than the standard, and what becomes of it.
class FieldEnvelopesTest {
    private static final String VALUES =
            "<c:GetParameterValuesResponse><ParameterList>%s</ParameterList>" + "</c:GetParameterValuesResponse>";

    private static String value(String inside) {
        return VALUES.formatted("<ParameterValueStruct>" + inside + "</ParameterValueStruct>");
    }

    private static ParameterValue only(String body) throws MalformedSoapException {
        return ((GetParameterValuesResponse) Envelopes.body(body))
                .parameterList()
                .getFirst();
    }

    @ParameterizedTest
    @CsvSource({"0,V1_0", "1,V1_1", "2,V1_2", "3,V1_2", "4,V1_2", "17,V1_2"})
    void every_namespace_of_cwmp_is_taken_and_answered_in(int minor, String meant) throws MalformedSoapException {
        Envelope request = Envelopes.read(
                ReadingQuirks.NONE, Envelopes.of("<c:FactoryReset/>").replace("cwmp-1-2", "cwmp-1-" + minor));
        assertThat(request.namespace()).isEqualTo(new CwmpNamespace(minor));
        assertThat(request.namespace().version()).hasToString(meant);
        Envelope answer = request.answer(CwmpFault.of(StandardFaultCode.REQUEST_DENIED, "no"));
        assertThat(new String(new SoapWriter(WritingQuirks.NONE).write(answer), StandardCharsets.UTF_8))
                .contains("xmlns:cwmp=\"urn:dslforum-org:cwmp-1-" + minor + "\"")
                .contains("<cwmp:ID soap-env:mustUnderstand=\"1\">7</cwmp:ID>");
    }

    @Test
    void the_prefix_does_not_matter_only_what_it_stands_for() throws MalformedSoapException {
        assertThat(Envelopes.body("<x:FactoryReset xmlns:x='urn:dslforum-org:cwmp-1-0'/>"))
                .isEqualTo(new FactoryReset());
        assertThat(Envelopes.body("<FactoryReset xmlns='urn:dslforum-org:cwmp-1-0'/>"))
                .isEqualTo(new FactoryReset());
    }

    @Test
    void arguments_may_be_qualified_though_they_should_not() throws MalformedSoapException {
        assertThat(Envelopes.body("<c:Reboot><c:CommandKey>k</c:CommandKey></c:Reboot>"))
                .isEqualTo(new Reboot("k"));
    }

    @Test
    void arguments_come_in_any_order_with_unknown_ones_between() throws MalformedSoapException {
        assertThat(Envelopes.body("<c:GetParameterNames><NextLevel>1</NextLevel><X_V><a>1</a></X_V>"
                        + "<ParameterPath> Device. </ParameterPath></c:GetParameterNames>"))
                .isEqualTo(new GetParameterNames("Device.", true));
    }

    @Test
    void what_a_device_leaves_out_is_nothing() throws MalformedSoapException {
        Inform inform = (Inform) Envelopes.body(
                "<c:Inform><DeviceId><OUI>00256d</OUI><SerialNumber>1</SerialNumber></DeviceId></c:Inform>");
        assertThat(inform.events()).isEmpty();
        assertThat(inform.parameterList()).isEmpty();
        assertThat(inform.maxEnvelopes()).isEqualTo(1);
        assertThat(inform.retryCount()).isZero();
        assertThat(inform.currentTime()).isEqualTo(CwmpTime.UNKNOWN);
        assertThat(Envelopes.body("<c:SetParameterValuesResponse/>"))
                .isEqualTo(new SetParameterValuesResponse(Status.DONE));
        TransferComplete complete = (TransferComplete)
                Envelopes.body("<c:TransferComplete><FaultStruct><FaultString/></FaultStruct></c:TransferComplete>");
        assertThat(complete.outcome().fault()).isEqualTo(FaultStruct.NONE);
    }

    @Test
    void a_device_that_cannot_be_told_from_others_is_refused() {
        assertThat(Envelopes.refusal(
                        ReadingQuirks.FIELD,
                        Envelopes.of("<c:Inform><DeviceId><OUI>00256D</OUI></DeviceId></c:Inform>")))
                .hasMessageContaining("a DeviceId without OUI or SerialNumber");
        assertThat(Envelopes.refusal(ReadingQuirks.FIELD, Envelopes.of("<c:Inform/>")))
                .hasMessageContaining("an Inform without DeviceId");
    }

    @Test
    void a_status_that_is_none_is_kept() throws MalformedSoapException {
        AddObjectResponse response = (AddObjectResponse) Envelopes.body(
                "<c:AddObjectResponse><InstanceNumber>3</InstanceNumber><Status>9005</Status></c:AddObjectResponse>");
        assertThat(response.status()).isEqualTo(new Status(9005));
        assertThat(response.status().isStandard()).isFalse();
        assertThat(response.status().isDone()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "xsd:string,STRING",
        "xsd:boolean,BOOLEAN",
        "xsd:int,INT",
        "xsd:unsignedInt,UNSIGNED_INT",
        "xsd:long,LONG",
        "xsd:unsignedLong,UNSIGNED_LONG",
        "xsd:dateTime,DATE_TIME",
        "xsd:base64,BASE64",
        "xsd:base64Binary,BASE64",
        "xsd:hexBinary,HEX_BINARY",
        "decimal,DECIMAL",
        "v:Whatever,STRING"
    })
    void values_have_the_type_that_they_say(String said, PrimitiveType type) throws MalformedSoapException {
        assertThat(only(value("<Name>Device.A</Name><Value xsi:type='" + said + "'> NaN </Value>")))
                .isEqualTo(new ParameterValue("Device.A", type, " NaN "));
    }

    @Test
    void a_value_without_a_type_is_a_string() throws MalformedSoapException {
        assertThat(only(value("<Name>Device.A</Name><Value>1</Value>")))
                .isEqualTo(new ParameterValue("Device.A", PrimitiveType.STRING, "1"));
    }

    @Test
    void how_many_items_an_array_says_to_have_does_not_matter() throws MalformedSoapException {
        String body = VALUES.replace("<ParameterList>", "<ParameterList enc:arrayType='c:ParameterValueStruct[16]'>")
                .formatted("<ParameterValueStruct/><Anything/>");
        assertThat(((GetParameterValuesResponse) Envelopes.body(body)).parameterList())
                .hasSize(2);
    }

    @Test
    void unescaped_ampersands_and_control_characters_are_read_where_that_is_forgiven() throws MalformedSoapException {
        String envelope = Envelopes.of(value("<Name>Device.A</Name><Value>Tom & J\u0001erry &amp; &#60;&#0;&nbsp;"
                + "<![CDATA[&amp;\u0002]]>&#x41;</Value>"));
        assertThat(Envelopes.refusal(ReadingQuirks.NONE, envelope).line()).isEqualTo(1);
        GetParameterValuesResponse read = (GetParameterValuesResponse)
                Envelopes.read(ReadingQuirks.FIELD, envelope).body();
        assertThat(read.parameterList().getFirst().value()).isEqualTo("Tom & Jerry & <&nbsp;&amp;A");
    }

    @Test
    void an_envelope_that_is_too_large_to_be_kept_is_read_once() throws MalformedSoapException {
        String blanks = " ".repeat(Limits.REPAIRED_BYTES);
        String good = Envelopes.of(blanks + "<c:Reboot><CommandKey>a &amp; b</CommandKey></c:Reboot>");
        assertThat(Envelopes.read(ReadingQuirks.FIELD, good).body()).isEqualTo(new Reboot("a & b"));
        assertThat(Envelopes.refusal(ReadingQuirks.FIELD, good.replace("&amp;", "&")))
                .hasMessageContaining("not well-formed XML");
    }

    @Test
    void what_cannot_be_repaired_fails_with_the_place_in_what_was_sent() {
        String envelope = Envelopes.of("<c:Reboot>\n<CommandKey>a & b</CommandKey></c:Rebo");
        MalformedSoapException refused = Envelopes.refusal(ReadingQuirks.FIELD, envelope);
        assertThat(refused.line()).isEqualTo(2);
        assertThat(refused).hasMessageContaining("not well-formed XML");
    }

    @Test
    void words_for_nothing_are_nothing_where_keys_belong_and_text_elsewhere() throws MalformedSoapException {
        ReadingQuirks quirks = new ReadingQuirks(false, false, Set.of("(null)"), Optional.empty());
        Envelope reboot = Envelopes.read(quirks, Envelopes.of("<c:Reboot><CommandKey>(null)</CommandKey></c:Reboot>"));
        assertThat(reboot.body()).isEqualTo(new Reboot(""));
        GetParameterValuesResponse values = (GetParameterValuesResponse) Envelopes.read(
                        quirks,
                        Envelopes.of(VALUES.formatted(
                                "<P><Name>Device.ManagementServer.ParameterKey</Name><Value>(null)</Value></P>"
                                        + "<P><Name>Device.WiFi.SSID.1.SSID</Name><Value>(null)</Value></P>")))
                .body();
        assertThat(values.parameterList()).extracting(ParameterValue::value).containsExactly("", "(null)");
    }

    @Test
    void a_charset_is_taken_from_the_content_type_else_from_the_first_line_else_it_is_utf_8()
            throws MalformedSoapException, IOException {
        String body = "<c:Reboot><CommandKey>Zürich</CommandKey></c:Reboot>";
        Charset latin = StandardCharsets.ISO_8859_1;
        SoapReader reader = new SoapReader(ReadingQuirks.NONE);
        byte[] silent = Envelopes.of(body).getBytes(latin);
        byte[] saying = ("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>" + Envelopes.of(body)).getBytes(latin);
        Reboot meant = new Reboot("Zürich");
        assertThat(reader.read(new ByteArrayInputStream(silent), Optional.of(latin))
                        .body())
                .isEqualTo(meant);
        assertThat(reader.read(saying).body()).isEqualTo(meant);
        assertThat(reader.read(Envelopes.of(body).getBytes(StandardCharsets.UTF_8))
                        .body())
                .isEqualTo(meant);
        ReadingQuirks always = new ReadingQuirks(false, false, Set.of(), Optional.of(latin));
        assertThat(new SoapReader(always).read(silent).body()).isEqualTo(meant);
    }

    @Test
    void a_byte_order_mark_is_no_part_of_the_envelope() throws MalformedSoapException {
        String envelope = "\uFEFF" + Envelopes.of("<c:Reboot><CommandKey>漢 &amp; 字</CommandKey></c:Reboot>");
        for (Charset charset : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE)) {
            for (ReadingQuirks quirks : List.of(ReadingQuirks.NONE, ReadingQuirks.FIELD)) {
                assertThat(new SoapReader(quirks)
                                .read(envelope.getBytes(charset))
                                .body())
                        .isEqualTo(new Reboot("漢 & 字"));
            }
        }
    }

    @Test
    void header_elements_are_known_in_any_case() throws MalformedSoapException {
        SoapHeader header = Envelopes.read(
                        ReadingQuirks.NONE,
                        Envelopes.of(
                                "<c:id>a b</c:id><c:sessionTimeout>40</c:sessionTimeout>"
                                        + "<c:HoldRequests>true</c:HoldRequests><c:NoMoreRequests>1</c:NoMoreRequests>"
                                        + "<c:SupportedCWMPVersions>1.0, 1.4,</c:SupportedCWMPVersions>"
                                        + "<c:UseCWMPVersion>1.2</c:UseCWMPVersion>"
                                        + "<v:Must xmlns:v='urn:v' soap:mustUnderstand='1'><v:x/></v:Must>"
                                        + "<v:May xmlns:v='urn:v'/>",
                                "<c:FactoryReset/>"))
                .header();
        assertThat(header)
                .isEqualTo(new SoapHeader(
                        Optional.of("a b"),
                        true,
                        true,
                        Optional.of(Duration.ofSeconds(40)),
                        new SoapHeader.Versions(List.of("1.0", "1.4"), Optional.of("1.2")),
                        List.of("Must")));
    }

    @Test
    void an_envelope_without_a_header_has_no_id() throws MalformedSoapException {
        String envelope = Envelopes.of("<c:FactoryReset/>").replaceAll("<soap:Header>.*</soap:Header>", "");
        assertThat(Envelopes.read(ReadingQuirks.NONE, envelope).header()).isEqualTo(SoapHeader.EMPTY);
    }

    @Test
    void methods_that_nobody_knows_have_a_name() throws MalformedSoapException {
        assertThat(Envelopes.body("<c:X_00256D_Dance><Steps><a/></Steps></c:X_00256D_Dance>"))
                .isEqualTo(new UnknownRequest("X_00256D_Dance"));
        assertThat(Envelopes.body("<c:X_00256D_DanceResponse><a>1</a></c:X_00256D_DanceResponse>"))
                .isEqualTo(new UnknownResponse("X_00256D_Dance"));
    }

    @Test
    void a_fault_names_each_parameter_that_failed() throws MalformedSoapException {
        assertThat(Envelopes.body("<soap:Fault><faultcode>soap:Client</faultcode><faultstring>CWMP fault</faultstring>"
                        + "<detail><c:Fault><FaultCode>9003</FaultCode><FaultString>Invalid arguments</FaultString>"
                        + "<SetParameterValuesFault><ParameterName>Device.A</ParameterName><FaultCode>9007</FaultCode>"
                        + "<FaultString>too large</FaultString></SetParameterValuesFault>"
                        + "<SetParameterValuesFault><ParameterName>Device.B</ParameterName><FaultCode>9834</FaultCode>"
                        + "</SetParameterValuesFault></c:Fault></detail></soap:Fault>"))
                .isEqualTo(CwmpFault.of(
                        StandardFaultCode.INVALID_ARGUMENTS,
                        "Invalid arguments",
                        List.of(
                                new ParameterFault(
                                        "Device.A",
                                        new FaultStruct(StandardFaultCode.INVALID_PARAMETER_VALUE, "too large")),
                                new ParameterFault("Device.B", new FaultStruct(FaultCode.of(9834), "")))));
    }

    @Test
    void a_fault_of_soap_alone_has_its_text_and_no_code() throws MalformedSoapException {
        String envelope = Envelopes.of("<soap:Fault><faultcode>SOAP-ENV:MustUnderstand</faultcode>"
                        + "<faultstring>what is that</faultstring><detail><other/></detail></soap:Fault>")
                .replace("urn:dslforum-org:cwmp-1-2", "urn:example:other");
        assertThat(Envelopes.read(ReadingQuirks.NONE, envelope).body())
                .isEqualTo(new CwmpFault(
                        SoapFaultCode.MUST_UNDERSTAND, new FaultStruct(FaultCode.of(0), "what is that"), List.of()));
    }

    @Test
    void a_fault_with_two_colons_in_its_name_is_read_where_undeclared_prefixes_are() throws MalformedSoapException {
        String envelope = Envelopes.of("<soap:Body:Fault><faultcode>Server</faultcode><detail><c:Fault>"
                + "<FaultCode>8005</FaultCode></c:Fault></detail></soap:Body:Fault>");
        CwmpFault fault =
                (CwmpFault) Envelopes.read(ReadingQuirks.FIELD, envelope).body();
        assertThat(fault.fault().faultCode()).isEqualTo(StandardFaultCode.ACS_RETRY_REQUEST);
        assertThat(Envelopes.refusal(ReadingQuirks.NONE, envelope)).hasMessageContaining("is declared nowhere");
    }

    @Test
    void operations_and_results_of_software_are_read_as_repeated_elements_and_as_arrays()
            throws MalformedSoapException {
        ChangeDuState change = new ChangeDuState(
                List.of(
                        new DuOperation.Install(new FileLocation("http://a/", "", ""), "", ""),
                        new DuOperation.Uninstall("u", "", "")),
                "k");
        assertThat(Envelopes.body("<c:ChangeDUState><Operations xsi:type='c:InstallOpStruct'><URL>http://a/</URL>"
                        + "</Operations><Operations xsi:type='c:UninstallOpStruct'><UUID>u</UUID></Operations>"
                        + "<CommandKey>k</CommandKey></c:ChangeDUState>"))
                .isEqualTo(change);
        assertThat(Envelopes.body("<c:ChangeDUState><Operations enc:arrayType='c:OperationStruct[2]'>"
                        + "<InstallOpStruct><URL>http://a/</URL></InstallOpStruct><UninstallOpStruct><UUID>u</UUID>"
                        + "</UninstallOpStruct></Operations><CommandKey>k</CommandKey></c:ChangeDUState>"))
                .isEqualTo(change);
        assertThat(Envelopes.refusal(
                        ReadingQuirks.FIELD,
                        Envelopes.of("<c:ChangeDUState><Operations xsi:type='c:Paint'/></c:ChangeDUState>")))
                .hasMessageContaining("no kind of operation: 'Paint'");
        String fields = "<UUID>u</UUID><CurrentState>installed</CurrentState><Resolved>1</Resolved>";
        assertThat(Envelopes.body("<c:DUStateChangeComplete><Results>" + fields + "</Results><Results>" + fields
                        + "</Results></c:DUStateChangeComplete>"))
                .isEqualTo(Envelopes.body("<c:DUStateChangeComplete><Results><OpResultStruct>" + fields
                        + "</OpResultStruct><OpResultStruct>" + fields
                        + "</OpResultStruct></Results></c:DUStateChangeComplete>"))
                .extracting(body ->
                        ((DuStateChangeComplete) body).results().getLast().currentState())
                .isEqualTo(DuState.INSTALLED);
    }

    @Test
    void attributes_of_all_kinds_of_notification_are_read() throws MalformedSoapException {
        for (Notification notification : Notification.values()) {
            String body = "<c:GetParameterAttributesResponse><ParameterList><P><Name>Device.A</Name><Notification>"
                    + notification.number() + "</Notification><AccessList><string>Subscriber</string></AccessList></P>"
                    + "</ParameterList></c:GetParameterAttributesResponse>";
            assertThat(Envelopes.body(body))
                    .hasFieldOrPropertyWithValue(
                            "parameterList",
                            List.of(new ParameterAttributes("Device.A", notification, List.of("Subscriber"))));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "true", "TRUE", " 1 "})
    void truth_has_many_words(String word) throws MalformedSoapException {
        assertThat(Envelopes.body("<c:GetParameterNames><NextLevel>" + word + "</NextLevel></c:GetParameterNames>"))
                .isEqualTo(new GetParameterNames("", true));
    }
}
