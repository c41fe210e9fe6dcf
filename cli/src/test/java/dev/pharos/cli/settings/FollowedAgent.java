// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.agent.UspAgent;
import dev.pharos.agent.config.AgentConfig;
import dev.pharos.agent.config.AgentSurroundings;
import dev.pharos.agent.config.ControllerRole;
import dev.pharos.agent.config.DeviceIdentity;
import dev.pharos.agent.config.RebootAction;
import dev.pharos.agent.runtime.AgentRuntime;
import dev.pharos.agent.runtime.SharedTimer;
import dev.pharos.device.prplos.uci.UciFolders;
import dev.pharos.fleet.Access;
import dev.pharos.fleet.ControllerAddress;
import dev.pharos.fleet.ControllerDialler;
import dev.pharos.fleet.ManagingController;
import dev.pharos.mtp.websocket.WebSocketServerConfig;
import dev.pharos.mtp.websocket.WebSocketServerMtp;
import dev.pharos.testkit.RecordingReceiver;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.message.AddRequest;
import dev.pharos.usp.message.AddResponse;
import dev.pharos.usp.message.Body;
import dev.pharos.usp.message.DeleteRequest;
import dev.pharos.usp.message.DeleteResponse;
import dev.pharos.usp.message.ParameterSetting;
import dev.pharos.usp.message.Request;
import dev.pharos.usp.message.SetRequest;
import dev.pharos.usp.message.SetResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/// An agent whose settings stand in a file, with the controller that the file names first.
final class FollowedAgent implements AutoCloseable {
    static final EndpointId OWN = EndpointId.of("os::0200F0-SETTINGS");
    static final EndpointId FIRST = EndpointId.of("self::acs");
    static final String ROWS = "Device.LocalAgent.Controller.";
    static final Duration PATIENCE = Duration.ofSeconds(20);

    final Path file;
    final RecordingReceiver controller = new RecordingReceiver();
    final List<String> warnings = new CopyOnWriteArrayList<>();
    private final Path folder;
    private final WebSocketServerMtp listener;
    private final SharedTimer timer = new SharedTimer();
    private @Nullable UspAgent agent;
    private @Nullable UspSync sync;

    FollowedAgent(Path folder) throws IOException {
        this.folder = folder;
        this.file = Files.createDirectories(folder.resolve("config")).resolve("usp");
        this.listener = new WebSocketServerMtp(WebSocketServerConfig.at("127.0.0.1", 0, FIRST));
        listener.start(controller);
    }

    String url() {
        return "ws://127.0.0.1:" + listener.port() + "/usp";
    }

    /// The short form, and what follows it.
    void write(String more) throws IOException {
        Files.writeString(file, """
                # by hand
                config usp
                \toption controller_url '%s' # the first
                \toption endpoint_id '%s'
                \toption mtp 'websocket'
                %s""".formatted(url(), OWN, more));
    }

    /// Starts it as the program does, by what the file says of the first controller.
    void start() throws IOException {
        ManagingController first =
                new ManagingController(FIRST, ControllerAddress.parse(url(), Access.NONE), ControllerRole.FULL);
        UspSync following = new UspSync(
                UciFolders.at(folder.resolve("config")),
                folder.resolve("data"),
                new UspSync.Start(OWN, FIRST, Set.of(EndpointId.of("self::also")), Optional.empty(), Set.of()),
                (address, mtp, tls) -> address,
                warnings::add);
        AgentConfig config = new AgentConfig(
                OWN,
                new DeviceIdentity("0200F0", "Test", "SETTINGS"),
                "1",
                List.of(first.config(OWN)),
                Optional.of(folder.resolve("data")),
                new RebootAction.Refused());
        UspAgent made = new UspAgent(config, List.of(), List.of(), AgentRuntime.with(timer))
                .within(AgentSurroundings.NONE.telling(following::started))
                .dialling(new ControllerDialler(List.of(first), UnaryOperator.identity()));
        sync = following;
        agent = made;
        made.start();
    }

    void stop() {
        if (agent != null) {
            Objects.requireNonNull(sync).close();
            agent.close();
            agent = null;
        }
    }

    UspSync.Reloaded reload() {
        return Objects.requireNonNull(sync).reload();
    }

    String value(String path) {
        return Objects.requireNonNull(agent).model().snapshot().value(path).orElse("(none)");
    }

    /// The row of a controller, by its Endpoint ID; empty for none.
    Optional<String> row(String id) {
        return Objects.requireNonNull(agent)
                .model()
                .snapshot()
                .object("Device.LocalAgent.")
                .orElseThrow()
                .rows("Controller")
                .stream()
                .filter(row -> row.value("EndpointID").orElse("").equals(id))
                .map(row -> row.path())
                .findFirst();
    }

    private Body asked(Request<?> request) {
        return Objects.requireNonNull(agent).administer(request);
    }

    private static List<ParameterSetting> settings(Map<String, String> values) {
        List<ParameterSetting> settings = new ArrayList<>();
        values.forEach((name, value) -> settings.add(new ParameterSetting(name, value, true)));
        return settings;
    }

    /// What management does.
    void set(String object, Map<String, String> values) {
        assertThat(asked(new SetRequest(false, List.of(new SetRequest.UpdateObject(object, settings(values))))))
                .isInstanceOf(SetResponse.class);
    }

    String add(String table, Map<String, String> values) {
        AddResponse answer = (AddResponse)
                asked(new AddRequest(false, List.of(new AddRequest.CreateObject(table, settings(values)))));
        return ((AddResponse.OperationSuccess)
                        answer.createdObjectResults().getFirst().operationStatus())
                .instantiatedPath();
    }

    void delete(String row) {
        assertThat(asked(new DeleteRequest(false, List.of(row)))).isInstanceOf(DeleteResponse.class);
    }

    String text() throws IOException {
        return Files.readString(file);
    }

    /// Waits until the file has all of this.
    void shows(String... lines) {
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(text()).contains(lines));
    }

    @Override
    public void close() {
        stop();
        listener.close();
        timer.close();
    }
}
