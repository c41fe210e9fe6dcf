// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.cpe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.agent.config.AgentSurroundings;
import dev.pharos.agent.config.EndToEnd;
import dev.pharos.agent.runtime.AgentRuntime;
import dev.pharos.agent.runtime.SharedTimer;
import dev.pharos.cwmp.StandardFaultCode;
import dev.pharos.cwmp.model.Attributes;
import dev.pharos.cwmp.model.DeviceActions;
import dev.pharos.cwmp.model.FileCommand;
import dev.pharos.cwmp.model.ModelDevice;
import dev.pharos.cwmp.rpc.AddObject;
import dev.pharos.cwmp.rpc.AddObjectResponse;
import dev.pharos.cwmp.rpc.Answer;
import dev.pharos.cwmp.rpc.AnyQueuedTransfer;
import dev.pharos.cwmp.rpc.CwmpFault;
import dev.pharos.cwmp.rpc.DeleteObject;
import dev.pharos.cwmp.rpc.DeleteObjectResponse;
import dev.pharos.cwmp.rpc.GetParameterNames;
import dev.pharos.cwmp.rpc.GetParameterNamesResponse;
import dev.pharos.cwmp.rpc.GetParameterValues;
import dev.pharos.cwmp.rpc.GetParameterValuesResponse;
import dev.pharos.cwmp.rpc.ParameterInfo;
import dev.pharos.cwmp.rpc.ParameterValue;
import dev.pharos.cwmp.rpc.SetParameterValues;
import dev.pharos.cwmp.rpc.SetParameterValuesResponse;
import dev.pharos.cwmp.rpc.Status;
import dev.pharos.datamodel.definition.PrimitiveType;
import dev.pharos.datamodel.engine.InstantiatedDataModel;
import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.fleet.Access;
import dev.pharos.fleet.RunningGateway;
import dev.pharos.fleet.SimulatedAgent;
import dev.pharos.mtp.websocket.WebSocketServerConfig;
import dev.pharos.mtp.websocket.WebSocketServerMtp;
import dev.pharos.pki.Authority;
import dev.pharos.pki.KeyKind;
import dev.pharos.pki.PemWriter;
import dev.pharos.pki.Validity;
import dev.pharos.testkit.RecordingReceiver;
import dev.pharos.usp.EndpointId;
import dev.pharos.xmpp.XmppAccount;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A gateway without any controller, to which an ACS gives one: two steps for each row, as TR-069 has them.
class RowsOverCwmpTest {
    private static final EndpointId CONTROLLER = EndpointId.of("self::pharos");
    private static final String ROW = "Device.USPAgent.Controller.1.";
    private static final String WAY = ROW + "MTP.1.";
    private static final String ENABLE_CWMP = "Device.ManagementServer.EnableCWMP";

    @TempDir
    Path folder;

    private final SharedTimer timer = new SharedTimer();
    private final AtomicReference<InstantiatedDataModel> model = new AtomicReference<>();
    private final RecordingReceiver controller = new RecordingReceiver();
    private final WebSocketServerMtp listener =
            new WebSocketServerMtp(WebSocketServerConfig.at("127.0.0.1", 0, CONTROLLER));

    @SuppressWarnings("NullAway.Init") // set before each test
    private RunningGateway gateway;

    @SuppressWarnings("NullAway.Init") // set before each test
    private CpeProgram program;

    @SuppressWarnings("NullAway.Init") // set before each test
    private ModelDevice device;

    @BeforeEach
    void the_gateway_starts() throws IOException {
        listener.start(controller);
        AgentRuntime runtime = AgentRuntime.with(timer);
        AcsAddress acs = AcsAddress.parse("http://127.0.0.1:9/cwmp", "", "", false);
        program = new CpeProgram(acs, folder, RowsOverCwmpTest::nobody, runtime, false, _ -> {});
        gateway = SimulatedAgent.of("ROWS", 1)
                .withData(folder)
                .within(AgentSurroundings.NONE
                        .secured(EndToEnd.LABORATORY)
                        .backedBy(program::elements)
                        .telling(model::set))
                .dialling(List.of(), Access.NONE, UnaryOperator.identity(), runtime);
        gateway.start();
        device = new ModelDevice(
                Objects.requireNonNull(model.get()),
                new ModelDevice.Surroundings(
                        new Attributes(Map.of(), _ -> {}), _ -> {}, new Idle(), Clock.systemUTC()));
    }

    /// The contact itself is never begun.
    private static SSLContext nobody() throws IOException {
        throw new IOException("nobody is trusted");
    }

    /// Restarts nothing.
    private static final class Idle implements DeviceActions {
        @Override
        public void failed(String method, RuntimeException defect) {
            throw defect;
        }

        @Override
        public boolean canRestart() {
            return false;
        }

        @Override
        public void reboot(String commandKey) {}

        @Override
        public void factoryReset() {}

        @Override
        public boolean canFetch() {
            return false;
        }

        @Override
        public boolean carry(FileCommand order) {
            return false;
        }

        @Override
        public List<AnyQueuedTransfer> queued() {
            return List.of();
        }

        @Override
        public boolean cancel(String commandKey) {
            return true;
        }

        @Override
        public boolean scheduleInform(Duration delay, String commandKey) {
            return false;
        }
    }

    @AfterEach
    void it_stops() {
        gateway.close();
        program.close();
        listener.close();
        timer.close();
    }

    private Answer set(String... namesAndValues) {
        List<ParameterValue> values = new ArrayList<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.add(new ParameterValue(namesAndValues[i], PrimitiveType.STRING, namesAndValues[i + 1]));
        }
        return device.answer(new SetParameterValues(values, ""));
    }

    private String value(String name) {
        return ((GetParameterValuesResponse) device.answer(new GetParameterValues(List.of(name))))
                .parameterList()
                .getFirst()
                .value();
    }

    private void knowsTheController() {
        assertThat(device.answer(new AddObject("Device.USPAgent.Controller.", "")))
                .isEqualTo(new AddObjectResponse(1, Status.DONE));
        assertThat(value(ROW + "EndpointID")).isEqualTo("cpe-EndpointID-1");
        assertThat(set(
                        ROW + "EndpointID",
                        CONTROLLER.toString(),
                        ROW + "AssignedRole",
                        "Device.USPAgent.ControllerTrust.Role.1"))
                .isInstanceOf(SetParameterValuesResponse.class);
        assertThat(value(ROW + "AssignedRole")).isEqualTo("Device.USPAgent.ControllerTrust.Role.1");
        URI where = URI.create(listener.description());
        assertThat(device.answer(new AddObject(ROW + "MTP.", ""))).isEqualTo(new AddObjectResponse(1, Status.DONE));
        assertThat(set(
                        WAY + "Protocol",
                        "WebSocket",
                        WAY + "WebSocket.Host",
                        where.getHost(),
                        WAY + "WebSocket.Port",
                        Integer.toString(where.getPort()),
                        WAY + "WebSocket.Path",
                        where.getPath(),
                        WAY + "WebSocket.EnableEncryption",
                        "0",
                        WAY + "Enable",
                        "1",
                        ROW + "Enable",
                        "1"))
                .isInstanceOf(SetParameterValuesResponse.class);
    }

    @Test
    void the_gateway_comes_by_usp_and_its_last_controller_can_be_taken_away_again() {
        knowsTheController();
        assertThat(controller.nextConnected().peer().endpointId()).isNotEmpty();
        assertThat(set(ROW + "EndpointID", "self::other")).isInstanceOf(CwmpFault.class);
        assertThat(device.answer(new DeleteObject(ROW, ""))).isEqualTo(new DeleteObjectResponse(Status.DONE));
        assertThat(controller.skipTo(RecordingReceiver.Event.Disconnected.class))
                .isNotNull();
    }

    private String pem(X509Certificate certificate) throws IOException {
        Path file = folder.resolve("authority.pem");
        PemWriter.certificates(file, certificate);
        return Files.readString(file);
    }

    private static void isRefused(Answer answer, StandardFaultCode code, String why) {
        assertThat(answer)
                .isInstanceOfSatisfying(
                        CwmpFault.class,
                        fault -> assertThat(fault.parameterFaults()).first().satisfies(first -> {
                            assertThat(first.fault().faultCode()).isEqualTo(code);
                            assertThat(first.fault().faultString()).contains(why);
                        }));
    }

    @Test
    void an_acs_says_whom_the_agent_trusts_and_takes_that_back() throws IOException {
        String add = "Device.USPAgent.AddCertificate";
        String row = "Device.USPAgent.Certificate.1.";
        String trust = "Device.USPAgent.ControllerTrust.Credential.1.";
        Instant now = Instant.now();
        X509Certificate authority = Authority.create(
                        "of the server", KeyKind.EC, new Validity(now, now.plus(Duration.ofDays(1))))
                .certificate();
        GetParameterNamesResponse names =
                (GetParameterNamesResponse) device.answer(new GetParameterNames("Device.USPAgent.", true));
        assertThat(names.parameterList()).contains(new ParameterInfo(add, true));
        assertThat(value(add)).isEmpty();

        isRefused(set(add, "none"), StandardFaultCode.INVALID_ARGUMENTS, "not readable");
        isRefused(set(add, "x".repeat(65_536)), StandardFaultCode.INVALID_PARAMETER_VALUE, "65535");
        isRefused(
                set(add, pem(authority), "Device.ManagementServer.PeriodicInformInterval", "60"),
                StandardFaultCode.INVALID_ARGUMENTS,
                "alone");
        assertThat(value("Device.USPAgent.CertificateNumberOfEntries")).isEqualTo("0");

        assertThat(set(add, pem(authority))).isInstanceOf(SetParameterValuesResponse.class);
        assertThat(value(add)).isEmpty();
        assertThat(value(row + "SerialNumber"))
                .isEqualToIgnoringCase(authority.getSerialNumber().toString(16));
        assertThat(value(row + "Issuer"))
                .isEqualTo(authority.getIssuerX500Principal().getName());
        assertThat(value(row + "Enable")).isEqualTo("true");
        isRefused(set(add, pem(authority)), StandardFaultCode.INVALID_PARAMETER_VALUE, "there is a certificate");

        assertThat(device.answer(new AddObject("Device.USPAgent.ControllerTrust.Credential.", "")))
                .isEqualTo(new AddObjectResponse(1, Status.DONE));
        assertThat(set(
                        trust + "Credential",
                        "Device.USPAgent.Certificate.1",
                        trust + "AllowedUses",
                        "MTP-and-USP",
                        trust + "Enable",
                        "1"))
                .isInstanceOf(SetParameterValuesResponse.class);
        assertThat(value(trust + "Credential")).isEqualTo("Device.USPAgent.Certificate.1");
        assertThat(device.answer(new DeleteObject(trust, ""))).isEqualTo(new DeleteObjectResponse(Status.DONE));
        assertThat(device.answer(new DeleteObject(row, ""))).isInstanceOf(CwmpFault.class);
        assertThat(set(row + "Enable", "0")).isInstanceOf(SetParameterValuesResponse.class);
    }

    @Test
    void nobody_takes_both_ways_of_management_away() {
        assertThat(set(ENABLE_CWMP, "0"))
                .isInstanceOfSatisfying(
                        CwmpFault.class,
                        fault -> assertThat(fault.parameterFaults().toString() + fault.fault())
                                .contains("nobody could manage"));
        knowsTheController();
        assertThat(set(ENABLE_CWMP, "0")).isInstanceOf(SetParameterValuesResponse.class);
        assertThat(((CwmpFault) device.answer(new DeleteObject(ROW, "")))
                        .fault()
                        .faultCode())
                .isNotEqualTo(StandardFaultCode.INVALID_PARAMETER_NAME);
        assertThat(set(ROW + "Enable", "0")).isInstanceOf(CwmpFault.class);
        assertThat(set(ENABLE_CWMP, "1")).isInstanceOf(SetParameterValuesResponse.class);
        assertThat(device.answer(new DeleteObject(ROW, ""))).isInstanceOf(DeleteObjectResponse.class);
    }

    @Test
    void an_acs_says_over_which_xmpp_server_and_by_whom_the_device_is_called() {
        String row = "Device.XMPP.Connection.1.";
        assertThat(device.answer(new AddObject("Device.XMPP.Connection.", "")))
                .isEqualTo(new AddObjectResponse(1, Status.DONE));
        assertThat(device.answer(new AddObject(row + "Server.", ""))).isEqualTo(new AddObjectResponse(1, Status.DONE));
        assertThat(device.answer(new AddObject(row + "Server.", ""))).isEqualTo(new AddObjectResponse(2, Status.DONE));
        assertThat(set(
                        row + "Username",
                        "box",
                        row + "Password",
                        "word",
                        row + "Domain",
                        "x.test",
                        row + "Resource",
                        "one",
                        row + "KeepAliveInterval",
                        "0",
                        row + "ServerConnectAlgorithm",
                        "ServerTable",
                        row + "Server.1.ServerAddress",
                        "second.test",
                        row + "Server.1.Priority",
                        "2",
                        row + "Server.1.Enable",
                        "1",
                        row + "Server.2.ServerAddress",
                        "127.0.0.1",
                        row + "Server.2.Port",
                        "1",
                        row + "Server.2.Enable",
                        "1",
                        row + "Enable",
                        "1",
                        "Device.ManagementServer.ConnReqAllowedJabberIDs",
                        "acs@x.test, other@x.test/one",
                        "Device.ManagementServer.ConnReqXMPPConnection",
                        "Device.XMPP.Connection.1"))
                .isInstanceOf(SetParameterValuesResponse.class);
        Snapshot now = Objects.requireNonNull(model.get()).snapshot();
        XmppElement.Settings wanted = XmppElement.settings(now).orElseThrow();
        assertThat(wanted.row()).isEqualTo(row);
        assertThat(wanted.account())
                .isEqualTo(new XmppAccount(
                        "box",
                        "word",
                        "x.test",
                        "one",
                        List.of(new XmppAccount.Place("127.0.0.1", 1), new XmppAccount.Place("second.test", 5222)),
                        false,
                        Duration.ofSeconds(-1)));
        assertThat(wanted.toString()).doesNotContain("word");
        assertThat(value(row + "Password")).isEmpty();
        assertThat(XmppElement.isAllowed(now, "Acs@x.test/server-1")).isTrue();
        assertThat(XmppElement.isAllowed(now, "other@x.test/two")).isFalse();
        assertThat(XmppElement.isAllowed(now, "stranger@x.test/one")).isFalse();
        // nobody vouches for the server here
        program.started(Objects.requireNonNull(model.get()));
        await().atMost(Duration.ofSeconds(30)).until(() -> value(row + "Status").equals("Error"));
        assertThat(set(row + "Enable", "0")).isInstanceOf(SetParameterValuesResponse.class);
        await().atMost(Duration.ofSeconds(30)).until(() -> value(row + "Status").equals("Disabled"));
        assertThat(device.answer(new DeleteObject(row, ""))).isInstanceOf(DeleteObjectResponse.class);
    }
}
