// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.lwm2m;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.agent.AgentMtpBinding;
import dev.pharos.agent.UspAgent;
import dev.pharos.agent.config.AgentConfig;
import dev.pharos.agent.config.ControllerConfig;
import dev.pharos.agent.config.ControllerRole;
import dev.pharos.agent.config.DeviceIdentity;
import dev.pharos.agent.runtime.AgentRuntime;
import dev.pharos.agent.runtime.SharedTimer;
import dev.pharos.controller.ControllerSettings;
import dev.pharos.controller.UspController;
import dev.pharos.controller.policy.Admission;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.controller.store.InMemoryStores;
import dev.pharos.controller.store.SupportedModel;
import dev.pharos.datamodel.device.ServiceElement;
import dev.pharos.device.lwm2m.SmallThing.Instance;
import dev.pharos.device.proxied.ProxiedDevices;
import dev.pharos.device.simulated.SimulatedGateway;
import dev.pharos.device.simulated.SimulatedGatewayConfig;
import dev.pharos.testkit.InProcessMtp;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.message.AddRequest;
import dev.pharos.usp.message.GetRequest;
import dev.pharos.usp.message.GetSupportedDmRequest;
import dev.pharos.usp.message.GetSupportedDmResponse;
import dev.pharos.usp.message.GetSupportedDmResponse.SupportedObject;
import dev.pharos.usp.message.OperateRequest;
import dev.pharos.usp.message.ParameterSetting;
import dev.pharos.usp.message.Request;
import dev.pharos.usp.message.Response;
import dev.pharos.usp.message.SetRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Real things behind a real agent, under a real controller.
final class ManagedThingsTest {
    private static final EndpointId CONTROLLER = EndpointId.of("self::operator");
    private static final EndpointId GATEWAY = EndpointId.of("os::0200F0-THINGS");
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String THINGS = "Device.ProxiedDevice.";

    private final InProcessMtp.Pair pair = InProcessMtp.pair(GATEWAY, CONTROLLER, 4096);
    private final SharedTimer timer = new SharedTimer();
    private final LwM2mBridge bridge;
    private final UspController controller;
    private final UspAgent agent;

    ManagedThingsTest() throws Exception {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        bridge = new LwM2mBridge(
                new LwM2mConfig(Optional.of(any), Optional.of(any), List.of(House.KEY), Optional.empty()));
        ControllerSettings plain =
                ControllerSettings.of(InMemoryStores.create()).withOwn(CONTROLLER);
        controller = new UspController(plain.withAdmission((device, peer, known) -> {
            if (known.isEmpty()) {
                plain.stores().devices().create(DeviceRecord.unseen(device, true, true, Instant.EPOCH));
            }
            return new Admission.Admitted(true);
        }));
        agent = new UspAgent(
                AgentConfig.of(
                        GATEWAY,
                        new DeviceIdentity("0200F0", "Gateway", "THINGS"),
                        "1",
                        List.of(ControllerConfig.of(CONTROLLER, ControllerRole.FULL))),
                elements(),
                List.of(new AgentMtpBinding(pair.first(), CONTROLLER)),
                AgentRuntime.with(timer));
    }

    private List<ServiceElement> elements() {
        List<ServiceElement> elements =
                new ArrayList<>(new SimulatedGateway(SimulatedGatewayConfig.of("THINGS", 1)).elements());
        elements.add(new ProxiedDevices(bridge, Clock.systemUTC()));
        return elements;
    }

    private void awaitAtAgent(String path, String part) {
        await(path)
                .atMost(PATIENCE)
                .until(() -> agent.administer(new GetRequest(List.of(path), 0))
                        .toString()
                        .contains(part));
    }

    @AfterEach
    void close() {
        agent.close();
        timer.close();
        controller.close();
    }

    private <R extends Response> R ask(Request<R> request) throws Exception {
        return controller.call(GATEWAY, request, PATIENCE);
    }

    private String text(String path) throws Exception {
        return ask(new GetRequest(List.of(path), 0)).toString();
    }

    private void awaitText(String path, String part) {
        await(path).atMost(PATIENCE).ignoreExceptions().until(() -> text(path).contains(part));
    }

    private List<SupportedObject> model(String path) throws Exception {
        GetSupportedDmResponse answer = ask(new GetSupportedDmRequest(List.of(path), false, true, true, true, true));
        return answer.requestedObjectResults().getFirst().supportedObjects();
    }

    @Test
    void a_controller_reads_writes_runs_and_hears_of_things_of_two_kinds() throws Exception {
        Instance temperature = new Instance().with(5700, 19.5);
        Instance light = new Instance().with(5850, false).with(5851, 30L);
        agent.start();
        try (SmallThing _ = new SmallThing("cellar")
                        .with(3303, temperature)
                        .over(bridge.addresses().get(0));
                SmallThing _ = new SmallThing("lamp")
                        .with(3311, light)
                        .over(
                                bridge.addresses().get(1),
                                House.KEY.identity(),
                                House.KEY.secret().toByteArray())) {
            String cellar = THINGS + "[Alias==\"lwm2m-cellar\"].";
            String hall = THINGS + "[Alias==\"lwm2m-lamp\"].";
            awaitAtAgent(cellar + "IoTCapability.1.LevelSensor.Value", "19.5");
            awaitAtAgent(hall + "Node.1.IoTCapability.2.LevelControl.Value", "30");
            controller.attach(pair.second());
            controller.start();
            awaitText(hall + "Name", "lamp");

            ask(new SetRequest(
                    false,
                    List.of(new SetRequest.UpdateObject(
                            hall + "Node.1.IoTCapability.1.BinaryControl.",
                            List.of(new ParameterSetting("Value", "true", true))))));
            assertThat(light.at(5850)).isEqualTo(true);
            ask(new OperateRequest(hall + "Node.1.IoTCapability.2.LevelControl.StepUp()", "step", true, Map.of()));
            await().atMost(PATIENCE).until(() -> Long.valueOf(31).equals(light.at(5851)));

            ask(new AddRequest(
                    false,
                    List.of(new AddRequest.CreateObject(
                            "Device.LocalAgent.Subscription.",
                            List.of(
                                    new ParameterSetting("ID", "cellar", true),
                                    new ParameterSetting("Enable", "true", true),
                                    new ParameterSetting("NotifType", "ValueChange", true),
                                    new ParameterSetting(
                                            "ReferenceList", THINGS + "*.IoTCapability.*.LevelSensor.Value", true))))));
            temperature.now(5700, 21.25);
            await().atMost(PATIENCE)
                    .until(() -> controller
                            .stores()
                            .events()
                            .newest(Optional.of(GATEWAY), Long.MAX_VALUE, 100)
                            .toString()
                            .contains("21.25"));
            divergence();
        }
    }

    private void divergence() throws Exception {
        assertThat(model("Device."))
                .filteredOn(object -> object.supportedObjPath().startsWith(THINGS))
                .singleElement()
                .satisfies(object -> assertThat(object.divergentPaths()).hasSize(2));
        for (String row : List.of("1.", "2.")) {
            boolean lamp = text(THINGS + row + "Alias").contains("lamp");
            assertThat(model(THINGS + row))
                    .extracting(SupportedObject::supportedObjPath)
                    .contains(THINGS + "{i}." + (lamp ? "Node.{i}.IoTCapability.{i}." : "IoTCapability.{i}."))
                    .doesNotContain(THINGS + "{i}." + (lamp ? "IoTCapability.{i}." : "Node.{i}."));
        }
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(controller
                                .supportedModel(GATEWAY)
                                .map(SupportedModel::supportedObjects)
                                .orElse(List.of()))
                        .extracting(SupportedObject::supportedObjPath)
                        .contains(
                                THINGS + "{i}.IoTCapability.{i}.LevelSensor.",
                                THINGS + "{i}.Node.{i}.IoTCapability.{i}.LevelControl."));
    }
}
