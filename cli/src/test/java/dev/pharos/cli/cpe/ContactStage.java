// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.cpe;

import dev.pharos.agent.runtime.AgentRuntime;
import dev.pharos.cwmp.CwmpNamespace;
import dev.pharos.cwmp.StandardFaultCode;
import dev.pharos.cwmp.rpc.AcsRequest;
import dev.pharos.cwmp.rpc.AutonomousTransferComplete;
import dev.pharos.cwmp.rpc.AutonomousTransferCompleteResponse;
import dev.pharos.cwmp.rpc.Body;
import dev.pharos.cwmp.rpc.CpeRequest;
import dev.pharos.cwmp.rpc.CwmpFault;
import dev.pharos.cwmp.rpc.Inform;
import dev.pharos.cwmp.rpc.InformResponse;
import dev.pharos.cwmp.rpc.Kicked;
import dev.pharos.cwmp.rpc.KickedResponse;
import dev.pharos.cwmp.rpc.ParameterValue;
import dev.pharos.cwmp.rpc.RequestDownload;
import dev.pharos.cwmp.rpc.RequestDownloadResponse;
import dev.pharos.cwmp.rpc.SetParameterValues;
import dev.pharos.cwmp.soap.Envelope;
import dev.pharos.cwmp.soap.Received;
import dev.pharos.cwmp.soap.SoapHeader;
import dev.pharos.datamodel.definition.PrimitiveType;
import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.device.CommandCall;
import dev.pharos.datamodel.device.DeviceContext;
import dev.pharos.datamodel.device.ServiceElement;
import dev.pharos.datamodel.engine.InstantiatedDataModel;
import dev.pharos.datamodel.format.ModelFormat;
import dev.pharos.datamodel.format.ModelFormatException;
import dev.pharos.datamodel.instance.ChangeJournal;
import dev.pharos.datamodel.store.FileJournal;
import dev.pharos.testkit.ManualClock;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A device and its ACS, by a clock that stands and an ACS that follows a script.
class ContactStage {
    static final AcsAddress ADDRESS = AcsAddress.parse("http://127.0.0.1:7547/cwmp", "box", "pw", false);
    static final String MODEL = """
            model urn:broadband-forum-org:tr-181-2-19-0

            object Device. readOnly
              command Reboot() sync
              command FactoryReset() sync

            object Device.DeviceInfo. readOnly
              param ManufacturerOUI readOnly string default=00256D
              param SerialNumber readOnly string default=S1
              param SoftwareVersion readOnly string default=1.0
              param ProvisioningCode readWrite string
              param FriendlyName readWrite string

            object Device.LocalAgent. readOnly
              event TransferComplete!
                arg Affected string
                arg TransferType string
                arg TransferURL string

            object Device.LocalAgent.Controller.{i}. addDelete key EndpointID
              param EndpointID readWrite string
              param Enable readWrite boolean default=true
            """;

    /// It can be called, if anybody did.
    static final ManagementServerElement.Calls CALLS = new ManagementServerElement.Calls() {
        @Override
        public boolean arePossible() {
            return true;
        }

        @Override
        public Optional<String> url() {
            return Optional.of("http://127.0.0.1:1/x");
        }
    };

    @TempDir
    Path folder;

    final ManualClock clock = ManualClock.standing();
    final PlannedTimer timer = new PlannedTimer(clock);
    final List<Inform> informs = new ArrayList<>();
    final List<Body> answers = new ArrayList<>();
    final Deque<AcsRequest<?>> requests = new ArrayDeque<>();
    final List<String> said = new ArrayList<>();
    final List<String> commands = new ArrayList<>();
    Function<Kicked, Body> kickedAnswer = kicked -> new KickedResponse(kicked.next());
    boolean away;
    Device device = new Device();

    /// What else there is from the next start on.
    final List<ServiceElement> beside = new ArrayList<>();

    @SuppressWarnings("NullAway.Init") // set before each test
    InstantiatedDataModel model;

    @SuppressWarnings("NullAway.Init") // set before each test
    AcsContact contact;

    /// A device with a name and a version.
    final class Device implements ServiceElement {
        private Optional<DeviceContext> context = Optional.empty();

        @Override
        public SupportedDataModel supported() {
            try {
                return ModelFormat.read(new StringReader(MODEL), "test");
            } catch (IOException | ModelFormatException broken) {
                throw new IllegalStateException(broken);
            }
        }

        @Override
        public void start(DeviceContext started) {
            context = Optional.of(started);
            started.update(transaction ->
                    transaction.add("Device.LocalAgent.Controller.", Map.of("EndpointID", "self::other")));
        }

        void set(String path, String value) {
            context.orElseThrow().update(transaction -> {
                transaction.set(path, value);
                return path;
            });
        }

        /// A controller has had it send a file.
        void sent(String affected) {
            context.orElseThrow()
                    .raise(
                            "Device.LocalAgent.",
                            "TransferComplete!",
                            Map.of(
                                    "Affected",
                                    affected,
                                    "TransferType",
                                    "Upload",
                                    "TransferURL",
                                    "https://files.example/x?token=secret"));
        }

        @Override
        public Map<String, String> operate(CommandCall call) {
            commands.add(call.command().name());
            return Map.of();
        }
    }

    /// The ACS: takes the Inform, then asks what the script says.
    final class Script implements AcsExchange {
        @Override
        public Received post(Optional<Envelope> envelope) throws IOException {
            if (away) {
                throw new IOException("it cannot be reached");
            }
            if (envelope.isPresent() && envelope.get().body() instanceof Inform inform) {
                informs.add(inform);
                return message(new InformResponse(1));
            }
            if (envelope.isPresent() && envelope.get().body() instanceof CpeRequest<?> report) {
                answers.add(report);
                return message(
                        switch (report) {
                            case AutonomousTransferComplete _ -> new AutonomousTransferCompleteResponse();
                            case RequestDownload _ -> new RequestDownloadResponse();
                            case Kicked kicked -> kickedAnswer.apply(kicked);
                            default -> CwmpFault.of(StandardFaultCode.ACS_METHOD_NOT_SUPPORTED, "what is that");
                        });
            }
            envelope.ifPresent(answer -> answers.add(answer.body()));
            AcsRequest<?> next = requests.poll();
            return next == null ? new Received.Nothing() : message(next);
        }

        private static Received message(Body body) {
            return new Received.Message(new Envelope(new CwmpNamespace(2), SoapHeader.ofId("a"), body));
        }

        @Override
        public void close() {}
    }

    @BeforeEach
    void the_device_starts() throws IOException {
        start(ADDRESS);
    }

    void start(AcsAddress address) throws IOException {
        start(address, address.password());
    }

    void start(AcsAddress address, String password) throws IOException {
        KeptContact kept = new KeptContact(folder);
        device = new Device();
        ChangeJournal journal = FileJournal.open(folder.resolve("datamodel.journal"));
        List<ServiceElement> elements = new ArrayList<>(beside);
        elements.add(new ManagementServerElement(address, kept, CALLS, true));
        elements.add(device);
        model = InstantiatedDataModel.start(elements, journal);
        contact = new AcsContact(
                model,
                kept,
                new AcsContact.Surroundings(
                        _ -> new Script(),
                        new AgentRuntime(clock, timer, RandomGenerator.of("L64X128MixRandom")),
                        true,
                        password,
                        said::add));
        contact.begin();
    }

    void restart() throws IOException {
        stop();
        start(ADDRESS);
    }

    @AfterEach
    void stop() {
        contact.close();
        model.close();
    }

    List<String> told(int inform) {
        return informs.get(inform).events().stream()
                .map(each -> (each.eventCode().text() + " " + each.commandKey()).strip())
                .toList();
    }

    void soon() {
        timer.advance(Limits.PAUSE.multipliedBy(2));
    }

    void set(String name, String value) {
        requests.add(new SetParameterValues(List.of(new ParameterValue(name, PrimitiveType.STRING, value)), "key"));
    }
}
