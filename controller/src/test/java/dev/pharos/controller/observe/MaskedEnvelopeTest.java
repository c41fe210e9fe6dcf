// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.controller.observe.WireRecord.Direction;
import dev.pharos.controller.policy.Limits;
import dev.pharos.controller.store.SupportedModel;
import dev.pharos.cwmp.CwmpNamespace;
import dev.pharos.cwmp.CwmpTime;
import dev.pharos.cwmp.DeviceId;
import dev.pharos.cwmp.StandardEvent;
import dev.pharos.cwmp.StandardFaultCode;
import dev.pharos.cwmp.rpc.Argument;
import dev.pharos.cwmp.rpc.AutonomousTransferComplete;
import dev.pharos.cwmp.rpc.Body;
import dev.pharos.cwmp.rpc.ChangeDuState;
import dev.pharos.cwmp.rpc.CwmpFault;
import dev.pharos.cwmp.rpc.Download;
import dev.pharos.cwmp.rpc.DuOperation;
import dev.pharos.cwmp.rpc.EventStruct;
import dev.pharos.cwmp.rpc.FaultStruct;
import dev.pharos.cwmp.rpc.FileLocation;
import dev.pharos.cwmp.rpc.GetParameterValuesResponse;
import dev.pharos.cwmp.rpc.Inform;
import dev.pharos.cwmp.rpc.Kicked;
import dev.pharos.cwmp.rpc.ParameterFault;
import dev.pharos.cwmp.rpc.ParameterValue;
import dev.pharos.cwmp.rpc.RequestDownload;
import dev.pharos.cwmp.rpc.ResultPages;
import dev.pharos.cwmp.rpc.ScheduleDownload;
import dev.pharos.cwmp.rpc.SetParameterValues;
import dev.pharos.cwmp.rpc.TargetFile;
import dev.pharos.cwmp.rpc.TransferComplete;
import dev.pharos.cwmp.rpc.TransferOutcome;
import dev.pharos.cwmp.rpc.Upload;
import dev.pharos.cwmp.soap.Envelope;
import dev.pharos.cwmp.soap.SoapHeader;
import dev.pharos.datamodel.definition.PrimitiveType;
import dev.pharos.requirements.Requirement;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.message.GetSupportedDmResponse.ObjectAccess;
import dev.pharos.usp.message.GetSupportedDmResponse.ParameterAccess;
import dev.pharos.usp.message.GetSupportedDmResponse.ParameterValueType;
import dev.pharos.usp.message.GetSupportedDmResponse.SupportedObject;
import dev.pharos.usp.message.GetSupportedDmResponse.SupportedParameter;
import dev.pharos.usp.message.GetSupportedDmResponse.ValueChangeType;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What of the messages of TR-069 is kept and shown.
class MaskedEnvelopeTest {
    private static final EndpointId DEVICE = EndpointId.of("os::00256D-1");
    private static final WirePlace HERE = new WirePlace("cwmp", "192.0.2.1:50001", "7");
    private static final WirePeer PEER = new WirePeer(Optional.of(DEVICE), true, HERE);
    private static final String SECRET = "lighthouse-8472";
    private static final FileLocation PLACE = new FileLocation("http://u:" + SECRET + "@files/1", SECRET, SECRET);
    private static final TargetFile FILE = new TargetFile(0, "");

    private final WireLog log = new WireLog(new Observers(), Clock.systemUTC(), device -> Optional.empty());

    private static Envelope envelope(Body body) {
        return new Envelope(new CwmpNamespace(2), SoapHeader.ofId("9"), body);
    }

    private static ParameterValue value(String name, String value) {
        return new ParameterValue(name, PrimitiveType.STRING, value);
    }

    private static TransferOutcome outcome(String reason) {
        return new TransferOutcome(
                new FaultStruct(StandardFaultCode.FILE_TRANSFER_FAILURE, reason), CwmpTime.UNKNOWN, CwmpTime.UNKNOWN);
    }

    private WireRecord seen(Direction direction, Body body) {
        log.envelope(direction, PEER, 500, envelope(body), Optional.empty());
        return log.recent(Optional.of(DEVICE), 100).getLast();
    }

    static Stream<Body> messages_with_a_secret() {
        String key = "InternetGatewayDevice.LANDevice.1.WLANConfiguration.1.PreSharedKey.1.KeyPassphrase";
        return Stream.of(
                new SetParameterValues(List.of(value(key, SECRET)), "key"),
                new SetParameterValues(
                        List.of(value("Device.X_A.1.Name", "AdminPassword"), value("Device.X_A.1.Value", SECRET)), ""),
                new GetParameterValuesResponse(List.of(value("Device.Other", "x"), value(key, SECRET))),
                new GetParameterValuesResponse(List.of(value("Device.X_A.Script", "login --password=" + SECRET))),
                new Inform(
                        new DeviceId("A", "00256D", "", "1"),
                        List.of(new EventStruct(StandardEvent.PERIODIC, "")),
                        1,
                        CwmpTime.UNKNOWN,
                        0,
                        List.of(value("Device.ManagementServer.ConnectionRequestPassword", SECRET))),
                new Download("k", "1 Firmware Upgrade Image", PLACE, FILE, Duration.ZERO, new ResultPages("", "")),
                new ScheduleDownload("k", "1 Firmware Upgrade Image", PLACE, FILE, List.of()),
                new Upload("k", "2 Vendor Log File", PLACE, Duration.ZERO),
                new ChangeDuState(
                        List.of(
                                new DuOperation.Install(PLACE, "u", ""),
                                new DuOperation.Update("u", "1", PLACE),
                                new DuOperation.Uninstall("u", "1", "")),
                        "k"),
                new TransferComplete("k", outcome("login failed, password: " + SECRET)),
                new AutonomousTransferComplete("", PLACE.url(), true, "1 Firmware Upgrade Image", FILE, outcome("")),
                new RequestDownload("1 Firmware Upgrade Image", List.of(new Argument("Token", SECRET))),
                new Kicked("go", "http://x/?token=" + SECRET, "password=" + SECRET, ""),
                CwmpFault.of(
                        StandardFaultCode.INVALID_ARGUMENTS,
                        SECRET,
                        List.of(new ParameterFault(
                                key, new FaultStruct(StandardFaultCode.INVALID_PARAMETER_VALUE, SECRET)))));
    }

    @ParameterizedTest
    @MethodSource("messages_with_a_secret")
    @Requirement("R-SEC.1")
    void a_secret_is_not_seen(Body body) {
        for (Direction direction : Direction.values()) {
            WireRecord seen = seen(direction, body);
            assertThat(seen.toString()).doesNotContain(SECRET);
            assertThat(seen.text()).contains("******");
            assertThat(seen.note()).isEqualTo("Secrets are masked.");
        }
    }

    @Test
    void what_is_no_secret_is_seen_as_it_is() {
        WireRecord seen = seen(
                Direction.IN,
                new GetParameterValuesResponse(
                        List.of(value("Device.X.Name", "KeyHolder"), value("Device.X.Value", "7"))));
        assertThat(seen.text())
                .isEqualTo(
                        "{\"namespace\":\"urn:dslforum-org:cwmp-1-2\",\"header\":{\"id\":\"9\",\"holdRequests\":false,"
                                + "\"noMoreRequests\":false,\"sessionTimeout\":null,\"versions\":{\"supported\":[],"
                                + "\"use\":null},\"notUnderstood\":[]},\"method\":\"GetParameterValuesResponse\","
                                + "\"message\":{\"parameterList\":[{\"name\":\"Device.X.Name\",\"type\":\"STRING\","
                                + "\"value\":\"KeyHolder\"},{\"name\":\"Device.X.Value\",\"type\":\"STRING\","
                                + "\"value\":\"7\"}]}}");
        assertThat(seen.summary()).isEqualTo("GetParameterValuesResponse 2 values");
        assertThat(seen.note()).isEmpty();
        assertThat(seen.session()).isEqualTo("7");
    }

    @Test
    @Requirement("R-SEC.1")
    void what_a_device_repeats_of_a_password_that_was_written_is_not_seen() {
        WireRecord _ = seen(
                Direction.OUT,
                new Download("k", "1 Firmware Upgrade Image", PLACE, FILE, Duration.ZERO, new ResultPages("", "")));
        WireRecord told = seen(Direction.IN, new TransferComplete("k", outcome("tried " + SECRET + " in vain")));
        assertThat(told.summary()).isEqualTo("TransferComplete 9010 tried ****** in vain");
    }

    @Test
    @Requirement("R-SEC.1")
    void where_the_model_says_that_a_parameter_is_only_written_it_is_not_seen() {
        SupportedModel model = SupportedModel.of(List.of(new SupportedObject(
                "Device.X_A.",
                ObjectAccess.READ_ONLY,
                false,
                List.of(),
                List.of(),
                List.of(new SupportedParameter(
                        "Hushed", ParameterAccess.WRITE_ONLY, ParameterValueType.STRING, ValueChangeType.ALLOWED)),
                List.of(),
                List.of())));
        WireLog knowing = new WireLog(new Observers(), Clock.systemUTC(), device -> Optional.of(model));
        knowing.envelope(
                Direction.OUT,
                PEER,
                500,
                envelope(new SetParameterValues(List.of(value("Device.X_A.Hushed", SECRET)), "")),
                Optional.empty());
        assertThat(knowing.recent(Optional.of(DEVICE), 1).toString())
                .contains("Device.X_A.Hushed")
                .doesNotContain(SECRET);
    }

    @Test
    void what_is_too_large_is_named_and_what_is_written_is_kept_all_the_same() {
        List<ParameterValue> many = IntStream.range(0, 300)
                .mapToObj(i -> value("Device.X." + i + ".Password", SECRET))
                .toList();
        int large = Limits.WIRE_KEPT_RECORD_BYTES + 1;
        log.envelope(Direction.OUT, PEER, large, envelope(new SetParameterValues(many, "")), Optional.empty());
        log.envelope(Direction.IN, PEER, large, envelope(new GetParameterValuesResponse(many)), Optional.empty());
        assertThat(log.recent(Optional.of(DEVICE), 2))
                .extracting(WireRecord::summary)
                .containsExactly(
                        "SetParameterValues Device.X.0.Password, Device.X.1.Password, Device.X.2.Password and 297 more",
                        "GetParameterValuesResponse 300 values");
        assertThat(log.recent(Optional.of(DEVICE), 1).getFirst().note()).contains("too large");

        log.envelope(
                Direction.OUT,
                PEER,
                Limits.WIRE_RECORD_BYTES + 1,
                envelope(new SetParameterValues(many, "")),
                Optional.empty());
        assertThat(seen(Direction.IN, new GetParameterValuesResponse(List.of(value("Device.A", "7"))))
                        .text())
                .as("what was written is not known any more")
                .contains("******")
                .doesNotContain("\"7\"");
    }

    @Test
    void strangers_that_use_the_name_of_a_device_push_nothing_of_its_own_out() {
        WireRecord _ = seen(Direction.IN, new TransferComplete("own", outcome("")));
        WirePeer stranger = new WirePeer(Optional.of(DEVICE), false, new WirePlace("cwmp", "192.0.2.9:1"));
        for (int i = 0; i < 2 * Limits.WIRE_KEPT_REFUSALS; i++) {
            log.envelope(
                    Direction.IN,
                    stranger,
                    500,
                    envelope(new TransferComplete("x", outcome(""))),
                    i % 2 == 0 ? Optional.of("no") : Optional.empty());
            log.bare(Direction.OUT, stranger, "Challenge", "it has to show its login", Optional.empty());
            log.noEnvelope(stranger, Bytes.ofUtf8("nonsense and more"), "line 1, column 1: not XML");
        }
        assertThat(log.recent(Optional.of(DEVICE), 10_000))
                .hasSizeLessThanOrEqualTo(1 + Limits.WIRE_KEPT_REFUSALS + Limits.WIRE_KEPT_OPENINGS)
                .anyMatch(each -> each.text().contains("\"own\""))
                .anyMatch(each -> each.hex().equals("6e6f6e73656e7365")
                        && each.refused().equals(Optional.of("line 1, column 1: not XML")));
    }
}
